using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Core.Tests.Generation.Composition;

/// <summary>Parsed photos of which only the person's silhouette matters.</summary>
internal static class ParsedPhotos
{
    public static ParsedPhoto AllPerson(ImageSize photo) => Showing(photo, (_, _) => true);

    /// <summary>A person wherever <paramref name="isPerson"/> says so of a photo's pixel.</summary>
    public static ParsedPhoto Showing(ImageSize photo, Func<double, double, bool> isPerson)
    {
        var side = photo.LongSide;
        var square = new PersonSquare(side / 2.0, side / 2.0, side, 0);
        var labels = Enumerable.Range(0, side * side).Select(cell => (byte)(isPerson((cell % side) + 0.5, (cell / side) + 0.5) ? 1 : 0)).ToArray();
        var person = new ParsedPerson(new(new Keypoint[Skeleton.JointCount]), new(new(side, side), labels, ["background", "upper_clothes"]), square);
        return new(photo, person, new(new(0, 0, photo.Width, photo.Height), []));
    }
}
