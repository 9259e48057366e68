using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Core.Tests.Support;

/// <summary>
/// Finds one person standing in the middle of every photo, or whom it is told, as sure as it is told to be; counts its work. In a
/// person's square the upper body fills the middle half.
/// </summary>
internal sealed class StandingPersonParser(float confidence = 0.9f, int jointsInPicture = Skeleton.JointCount) : IPersonParser
{
    private const double BodyHeight = 0.9;

    private int parsed;

    public int Parsed => parsed;

    /// <summary>Whom a photo of a size shows.</summary>
    public Func<ImageSize, FoundPerson[]> Finds { get; init; } = photo => [StandingIn(new(0, 0, photo.Width, photo.Height))];

    public string Version => "standing-1";

    public float MinimumConfidence => 0.3f;

    /// <summary>Somebody who fills a box, turned by an angle.</summary>
    public static FoundPerson StandingIn(PersonBox box, double angle = 0) =>
        new(new(box.CenterX, box.CenterY, Math.Abs(Math.Sin(angle)) > 0.5 ? box.Width : box.Height, angle), box, 0.9f);

    public Task<IReadOnlyList<FoundPerson>> FindAsync(RgbImage photo, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<FoundPerson>>(Finds(photo.Size));

    public Task<ParsedPerson> ParseAsync(RgbImage photo, PersonSquare square, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref parsed);
        var keypoints = PoseLibrary.Load().Get("front").ToPose().Map((x, y) =>
        {
            var (column, row) = square.ToPhoto(0.5 + (x * BodyHeight), 0.5 + (y * BodyHeight));
            return ((float)column, (float)row);
        }).Keypoints.ToArray();
        for (var joint = 0; joint < keypoints.Length; joint++)
        {
            keypoints[joint] = joint < jointsInPicture ? keypoints[joint] with { Confidence = confidence } : Keypoint.Missing;
        }

        byte[] labels = [0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        return Task.FromResult(new ParsedPerson(new(keypoints), new(new(4, 4), labels, ["background", "person"]), square));
    }
}
