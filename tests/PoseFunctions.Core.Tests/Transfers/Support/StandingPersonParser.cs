using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Core.Tests.Transfers.Support;

/// <summary>Sees a person standing in the middle of every photo, as sure as it is told to be; counts its work.</summary>
internal sealed class StandingPersonParser(float confidence = 0.9f, int jointsInPicture = Skeleton.JointCount) : IPersonParser
{
    private int parsed;

    public int Parsed => parsed;

    public string Version => "standing-1";

    public float MinimumConfidence => 0.3f;

    public Task<ParsedPerson> ParseAsync(RgbImage photo, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref parsed);
        var (width, height) = (photo.Size.Width, photo.Size.Height);
        var front = PoseLibrary.Load().Get("front").ToPose();
        var keypoints = front.Map((x, y) => ((width / 2f) + (x * height * 0.9f), height * (0.5f + (y * 0.9f)))).Keypoints.ToArray();
        for (var joint = 0; joint < keypoints.Length; joint++)
        {
            keypoints[joint] = joint < jointsInPicture ? keypoints[joint] with { Confidence = confidence } : Keypoint.Missing;
        }

        return Task.FromResult(new ParsedPerson(new(keypoints), new(new(2, 2), [0, 1, 1, 0], ["background", "person"])));
    }
}
