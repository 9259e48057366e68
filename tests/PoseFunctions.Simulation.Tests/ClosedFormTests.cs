using PoseFunctions.Simulation.Queueing;
using PoseFunctions.Simulation.Traffic;

namespace PoseFunctions.Simulation.Tests;

/// <summary>Queues whose mean wait is known come out with it.</summary>
public sealed class ClosedFormTests(ITestOutputHelper output)
{
    private const int Seed = 7;
    private const double Jobs = 2_000_000;

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.8)]
    public void Run_OneWorkerOfConstantSpeed_WaitsAsPollaczekAndKhinchinSay(double load)
    {
        var report = Run(workers: 1, load, _ => 1);

        Close(load / (2 * (1 - load)), report);
    }

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(4, 0.8)]
    [InlineData(16, 0.9)]
    public void Run_WorkersOfExponentialSpeed_WaitsAsErlangSays(int workers, double load)
    {
        var random = new Random(Seed + 1);
        var report = Run(workers, load * workers, _ => -Math.Log(1 - random.NextDouble()));

        Close(Erlang(workers, load * workers) / (workers * (1 - load)), report);
    }

    /// <summary>The probability that all workers are busy (Erlang C), where each job takes one second on average.</summary>
    private static double Erlang(int workers, double offered)
    {
        var blocked = 1.0;
        for (var worker = 1; worker <= workers; worker++)
        {
            blocked = offered * blocked / (worker + (offered * blocked));
        }

        var load = offered / workers;
        return blocked / (1 - load + (load * blocked));
    }

    private static SimulationReport Run(int workers, double jobsPerSecond, Func<int, double> seconds)
    {
        var traffic = new DailyTraffic(jobsPerSecond * 3600, peak: 1, hours: Jobs / (jobsPerSecond * 3600), peakAtHour: 0, widthHours: 1);
        return QueueSimulation.Run(
            SimulatedService.With(workers, seconds, traffic.Duration), new PoissonArrivals(traffic, new Random(Seed)));
    }

    private void Close(double expected, SimulationReport report)
    {
        output.WriteLine($"seed {Seed}: {report.Arrived} jobs waited {report.Waits.Mean:0.0000} s, expected {expected:0.0000} s");
        Assert.InRange(report.Waits.Mean, 0.96 * expected, 1.04 * expected);
    }
}
