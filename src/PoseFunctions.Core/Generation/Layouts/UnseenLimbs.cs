using PoseFunctions.Core.Images;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Core.Generation.Layouts;

/// <summary>
/// Finds limbs that a target shows inside the picture and no photo of the person does: what is painted there would be free invention.
/// </summary>
internal static class UnseenLimbs
{
    /// <summary>
    /// A limb counts as seen where its middle joint is. Of each pair one is enough: the other is much like it, and hidden in a side view.
    /// Not the arms: both elbows may be hidden behind a body or in a coat of somebody who is wholly in the picture.
    /// </summary>
    private static readonly (Joint Right, Joint Left, string Name)[] Limbs =
    [
        (Joint.RightKnee, Joint.LeftKnee, "legs"),
    ];

    /// <summary>Names of the limbs, in words; empty where every one was seen or stays outside the picture.</summary>
    /// <param name="layout">How the target is laid out.</param>
    /// <param name="people">The person's poses in all photos.</param>
    /// <param name="picture">Size of the photo that is painted.</param>
    public static IReadOnlyList<string> Find(TargetLayout layout, IReadOnlyList<Pose> people, ImageSize picture) =>
    [
        .. Limbs.Where(limb => people.All(person => person[limb.Right].IsMissing && person[limb.Left].IsMissing))
            .Where(limb => IsShown(layout, limb.Right, picture) || IsShown(layout, limb.Left, picture))
            .Select(limb => limb.Name),
    ];

    private static bool IsShown(TargetLayout layout, Joint joint, ImageSize picture)
    {
        var place = layout.PoseInPhoto[joint];
        return place is { IsMissing: false, X: >= 0, Y: >= 0 } && place.X < picture.Width && place.Y < picture.Height;
    }
}
