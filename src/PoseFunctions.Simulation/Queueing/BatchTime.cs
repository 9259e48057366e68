using PoseFunctions.Simulation.Inputs;

namespace PoseFunctions.Simulation.Queueing;

/// <summary>How long one worker is busy with a batch: <c>fixed + images · each</c>.</summary>
/// <param name="FixedSeconds">Paid once a batch.</param>
/// <param name="SecondsEach">Paid for every image.</param>
internal sealed record BatchTime(double FixedSeconds, double SecondsEach)
{
    /// <summary>Time for a batch of so many images.</summary>
    public double For(int images) => FixedSeconds + (images * SecondsEach);

    /// <summary>Images a second of a worker that is never without a full batch.</summary>
    public double Throughput(int maxBatchSize) => maxBatchSize / For(maxBatchSize);

    /// <summary>
    /// The line through the measured runs of the generator (least squares), with as much added for every image that a worker with
    /// full batches finishes as many jobs a second as the whole service was measured to: decoding, parsing, encoding and storage.
    /// </summary>
    /// <exception cref="SimulationException">Fewer than two batch sizes, or a rate that the generator alone does not reach.</exception>
    public static BatchTime Of(WorkerProfile profile)
    {
        var (points, count) = (profile.Batches, profile.Batches.Count);
        if (count < 2)
        {
            throw new SimulationException($"Profile '{profile.Name}' needs runs of two batch sizes or more.");
        }

        var (meanSize, meanSeconds) = (points.Average(point => point.Size), points.Average(point => point.Seconds));
        var slope = points.Sum(point => (point.Size - meanSize) * (point.Seconds - meanSeconds))
            / points.Sum(point => (point.Size - meanSize) * (point.Size - meanSize));
        var fixedSeconds = Math.Max(0, meanSeconds - (slope * meanSize));
        var largest = points.Max(point => point.Size);
        var others = (1 / profile.SaturatedJobsPerSecond.Value) - ((fixedSeconds / largest) + slope);
        return others >= 0
            ? new(fixedSeconds, slope + others)
            : throw new SimulationException($"Profile '{profile.Name}': the service cannot be faster than its generator alone.");
    }
}
