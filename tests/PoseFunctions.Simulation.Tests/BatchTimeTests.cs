using PoseFunctions.Simulation.Inputs;
using PoseFunctions.Simulation.Queueing;

namespace PoseFunctions.Simulation.Tests;

public sealed class BatchTimeTests
{
    [Fact]
    public void Of_MeasuredProfile_KeepsTheCostOfABatchAndReachesTheMeasuredRate()
    {
        var time = BatchTime.Of(Profile(jobsPerSecond: 20, (1, 0.050), (4, 0.080), (8, 0.120)));

        Assert.Equal(0.04, time.FixedSeconds, 6);
        Assert.Equal(20, time.Throughput(8), 6);
    }

    [Fact]
    public void Of_ServiceFasterThanItsGenerator_IsRefused() =>
        Assert.Throws<SimulationException>(() => BatchTime.Of(Profile(jobsPerSecond: 100, (1, 0.050), (8, 0.120))));

    [Fact]
    public void Of_OneBatchSize_IsRefused() =>
        Assert.Throws<SimulationException>(() => BatchTime.Of(Profile(jobsPerSecond: 10, (1, 0.050))));

    private static WorkerProfile Profile(double jobsPerSecond, params (int Size, double Seconds)[] batches) => new()
    {
        Name = "test",
        Machine = "none",
        SaturatedJobsPerSecond = new() { Value = jobsPerSecond, Command = "none" },
        Batches = [.. batches.Select(batch => new BatchMeasurement(batch.Size, batch.Seconds))],
        BatchesCommand = "none",
        StartSeconds = new() { Value = 1, Command = "none" },
    };
}
