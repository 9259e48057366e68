using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Benchmarks.Transfers;

/// <summary>What became of one target.</summary>
/// <param name="Pose">Its name.</param>
/// <param name="Joints">[x, y] of each of the 18 joints where the target wants them; null for those that it has not.</param>
internal sealed record TargetReport(string Pose, IReadOnlyList<float[]?> Joints)
{
    /// <summary>The result's file in the folder of the report; null where the target was refused.</summary>
    public string? File { get; init; }

    /// <summary>The code with which the target was refused; null where it was not.</summary>
    public string? Refusal { get; init; }

    /// <summary>Share of the person that the photo showed; null where the generator does not tell.</summary>
    public double? Coverage { get; init; }

    /// <summary>Width and height up to which there is real detail.</summary>
    public IReadOnlyList<int>? Native { get; init; }

    /// <summary>Time of the generator.</summary>
    public double Generate { get; init; }

    /// <summary>Time of everything else until the result was stored: background, composition, encoding.</summary>
    public double Paint { get; init; }

    /// <summary>With its result.</summary>
    public TargetReport With(JobResult result, TimeSpan whole, double generate, string file) => this with
    {
        File = file,
        Coverage = result.Coverage,
        Native = [result.NativeWidth, result.NativeHeight],
        Generate = generate,
        Paint = whole.TotalMilliseconds - generate,
    };
}
