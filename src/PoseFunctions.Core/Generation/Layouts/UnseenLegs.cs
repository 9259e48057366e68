using PoseFunctions.Core.Images;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Core.Generation.Layouts;

/// <summary>
/// Tells whether a target shows legs inside the picture that no photo of the person does: what is painted there would be free invention.
/// </summary>
/// <remarks>
/// A leg counts as seen where its knee is, and one is enough: the other is much like it, and hidden in a side view. Arms are not asked
/// for: both elbows may be hidden behind a body or in a coat of somebody who is wholly in the picture.
/// </remarks>
internal static class UnseenLegs
{
    private static readonly Joint[] Knees = [Joint.RightKnee, Joint.LeftKnee];

    /// <param name="target">The target's pose in pixels of the photo that is painted.</param>
    /// <param name="people">The person's poses in all photos.</param>
    /// <param name="picture">Size of the photo that is painted.</param>
    public static bool AreShown(Pose target, IEnumerable<Pose> people, ImageSize picture) =>
        Knees.Any(knee => target[knee] is { IsMissing: false, X: >= 0, Y: >= 0 } place && place.X < picture.Width && place.Y < picture.Height)
        && people.All(person => Knees.All(knee => person[knee].IsMissing));
}
