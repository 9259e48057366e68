using PoseFunctions.Simulation.Queueing;
using PoseFunctions.Simulation.Traffic;

namespace PoseFunctions.Simulation.Tests;

public sealed class QueueSimulationTests
{
    private static readonly ScalingRule FromZero = new()
    {
        MinReplicas = 0,
        MaxReplicas = 50,
        MessagesPerReplica = 32,
        PollingSeconds = 30,
        ColdStartSeconds = 60,
        ScaleInAfterSeconds = 300,
    };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 1)]
    [InlineData(8, 3)]
    public void Run_DayWithPeakAndScaling_ServesEveryImageOnceInBatchesThatFit(int maxBatchSize, int imagesPerJob)
    {
        var started = new List<int>();
        var settings = Day(images => images * 0.02) with { MaxBatchSize = maxBatchSize, ImagesPerJob = imagesPerJob };
        var report = QueueSimulation.Run(
            settings with
            {
                BatchSeconds = images =>
                {
                    started.Add(images);
                    return settings.BatchSeconds(images);
                },
            },
            Traffic(seed: 3));

        Assert.InRange(report.Arrived, 100_000, 140_000);
        Assert.Equal(report.Arrived * imagesPerJob, started.Sum(images => (long)images));
        Assert.Equal((report.Arrived * imagesPerJob, report.Arrived * imagesPerJob), (report.Waits.Count, report.Results.Count));
        Assert.Equal(report.Waits.Count, report.Hours.Sum(hour => hour.Waits.Count));
        Assert.Equal(report.Batches, started.Count);
        Assert.Equal(maxBatchSize, report.LargestBatch);
        Assert.All(started, images => Assert.InRange(images, 1, maxBatchSize));
    }

    [Fact]
    public void Run_SameSeed_IsTheSameDayAndAnotherSeedIsNot()
    {
        var settings = Day(images => images * 0.02);
        var (one, again, other) = (
            QueueSimulation.Run(settings, Traffic(seed: 5)),
            QueueSimulation.Run(settings, Traffic(seed: 5)),
            QueueSimulation.Run(settings, Traffic(seed: 6)));

        Assert.Equal(Figures(one), Figures(again));
        Assert.NotEqual(Figures(one), Figures(other));
    }

    [Fact]
    public void Run_NoReplicaAtFirst_TheFirstJobWaitsForTheNextLookAndAColdStart()
    {
        var report = QueueSimulation.Run(Day(_ => 1) with { Scaling = FromZero }, new ListedArrivals(10));

        // The scaler looks at 30 s; the replica is ready at 90 s and waits a moment for company.
        Assert.Equal(80.005, report.Waits.Largest, 6);
        Assert.Equal(81.005, report.Results.Largest, 6);
        Assert.Equal((1, 1), (report.ColdStarts, report.MostReplicas));
    }

    [Fact]
    public void Run_NothingMoreToDo_ReplicasAreGoneAfterTheCoolDown()
    {
        var report = QueueSimulation.Run(
            Day(_ => 1) with { Scaling = FromZero }, new ListedArrivals(10, 40_000));

        // Paid from the look at 30 s until the first look at which nothing was asked for during all of the last 300 s.
        var rounds = report.Hours[0].ReplicaSeconds;
        Assert.InRange(rounds, 300 + 60, 300 + 60 + 90);
        Assert.Equal(2, report.ColdStarts);
    }

    [Fact]
    public void Run_LoneImages_WaitForCompanyNoLongerThanTheDelay()
    {
        var settings = SimulatedService.With(1, _ => 0.5) with { MaxBatchSize = 4, MaxQueueDelay = 0.2 };
        var alone = QueueSimulation.Run(settings, new ListedArrivals(1, 2, 3));
        var together = QueueSimulation.Run(settings, new ListedArrivals(1, 1.05, 1.1, 1.15, 1.16));

        Assert.Equal((3L, 0.2), (alone.Batches, Math.Round(alone.Waits.Largest, 6)));
        Assert.Equal((2L, 4), (together.Batches, together.LargestBatch));

        // The fourth image completes the batch before the delay is over; the fifth waits for the worker and then for company.
        Assert.Equal(1.15 + 0.5 + 0.2 - 1.16, together.Waits.Largest, 6);
    }

    [Fact]
    public void Run_Overload_TheLineGrowsAndIsWorkedOffAtFullBatches()
    {
        var burst = Enumerable.Repeat(0.0, 10_000).ToArray();
        var report = QueueSimulation.Run(
            SimulatedService.With(2, images => 0.1 + (images * 0.05)) with { MaxBatchSize = 8, MaxQueueDelay = 0.005 }, new ListedArrivals(burst));

        Assert.Equal(10_000 / 8, report.Batches);
        Assert.Equal(10_000 / 8 / 2 * 0.5, report.Results.Largest, 3);
    }

    private static SimulationSettings Day(Func<int, double> seconds) =>
        SimulatedService.With(workers: 1, seconds) with { Scaling = FromZero, MaxBatchSize = 8, MaxQueueDelay = 0.005 };

    private static PoissonArrivals Traffic(int seed) =>
        new(new DailyTraffic(5_000, peak: 4, hours: 24, peakAtHour: 18, widthHours: 1.5), new Random(seed));

    private static (long Arrived, double Wait, double Worst, long Batches, double Paid) Figures(SimulationReport report) =>
        (report.Arrived, report.Waits.Mean, report.Waits.Largest, report.Batches, report.ReplicaSeconds);
}
