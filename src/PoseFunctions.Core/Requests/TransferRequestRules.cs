using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Core.Requests;

/// <summary>What a well-formed request is, apart from names that only the service knows.</summary>
public static class TransferRequestRules
{
    /// <summary>Most targets of one job.</summary>
    public const int MaxTargets = 64;

    /// <summary>Most photos of the person of one job, its own and those that it names besides.</summary>
    public const int MaxPhotos = 4;

    /// <summary>Largest seed: the largest whole number that every reader of JSON keeps exactly.</summary>
    public const long MaxSeed = (1L << 53) - 1;

    private const int FewestJoints = 4;
    private const int HashLength = 64;
    private const int MinLongSide = 16;
    private const int MaxLongSide = 4096;

    /// <summary>How far outside the photo a keypoint may lie, in photo widths or heights.</summary>
    private const float MaxOutside = 1f;

    /// <summary>Returns the request, or says what is wrong with it.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.RequestInvalid"/>.</exception>
    public static TransferRequest Check(TransferRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Scene is null)
        {
            Require(request.Targets is { Count: >= 1 and <= MaxTargets }, $"a job has 1 to {MaxTargets} targets, got {request.Targets.Count}");
        }
        else
        {
            Require(request.Scene.Length > 0, "scene is the name of a photo");
            Require(request.Targets.Count == 0, "a job has a scene or targets, not both");
        }

        CheckSources(request.Sources);
        Require(request.Seed is null or (>= 0 and <= MaxSeed), $"seed is 0 to {MaxSeed}, got {request.Seed}");
        Require(request.MinCoverage is null or (>= 0 and <= 1), $"minCoverage is 0 to 1, got {request.MinCoverage}");
        Require(
            request.ModelHash is null || (request.ModelHash.Length == HashLength && request.ModelHash.All(char.IsAsciiHexDigitLower)),
            $"modelHash has {HashLength} lower-case hex digits");
        foreach (var (index, target) in request.Targets.Index())
        {
            CheckTarget(index, target);
        }

        var output = request.Output;
        Require(output.Quality is >= 1 and <= 100, $"output.quality is 1 to 100, got {output.Quality}");
        Require(Enum.IsDefined(output.Format), $"output.format must be {ImageFormats.Expected}");
        Require(
            output.LongSide is null or (>= MinLongSide and <= MaxLongSide),
            $"output.longSide is {MinLongSide} to {MaxLongSide}, got {output.LongSide}");
        Require(
            output.Background != BackgroundOption.Transparent || output.Format != ImageFormat.Jpeg,
            "output.background can be transparent only where output.format is png, webp or avif");
        return request;
    }

    private static void CheckSources(IReadOnlyList<string> sources)
    {
        Require(sources.Count < MaxPhotos, $"a job has 1 to {MaxPhotos} photos of its person, so sources names at most {MaxPhotos - 1} more, got {sources.Count}");
        foreach (var (index, name) in sources.Index())
        {
            Require(name is { Length: > 0 }, $"sources[{index}] is the name of a photo");
            Require(!sources.Take(index).Contains(name), $"sources[{index}] names '{name}' again");
        }
    }

    private static void CheckTarget(int index, TargetPose? target)
    {
        Require(target is not null, $"targets[{index}] must be an object");
        var given = (target!.Pose is null ? 0 : 1) + (target.Photo is null ? 0 : 1) + (target.Keypoints is null ? 0 : 1);
        Require(given == 1, $"targets[{index}] needs exactly one of pose, photo and keypoints");
        if (target.Keypoints is not { } keypoints)
        {
            return;
        }

        Require(
            keypoints.Count == Skeleton.JointCount,
            $"targets[{index}].keypoints needs {Skeleton.JointCount} entries, got {keypoints.Count}");
        foreach (var (joint, point) in keypoints.Index())
        {
            Require(
                point is null || (point.Length == 2 && IsNear(point[0]) && IsNear(point[1])),
                $"targets[{index}].keypoints[{joint}] is null or [x, y] as fractions of the photo's width and height; [0, 0] is read as null");
        }

        Require(keypoints.Count(point => !TargetPose.IsMissing(point)) >= FewestJoints, $"targets[{index}].keypoints needs at least {FewestJoints} joints");
    }

    private static bool IsNear(float coordinate) => float.IsFinite(coordinate) && coordinate is >= -MaxOutside and <= 1 + MaxOutside;

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new RejectedException(FailureCodes.RequestInvalid, $"The request is not valid: {problem}.");
        }
    }
}
