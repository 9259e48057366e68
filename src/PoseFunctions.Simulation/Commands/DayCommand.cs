using System.CommandLine;
using PoseFunctions.Simulation.Queueing;
using PoseFunctions.Simulation.Traffic;

namespace PoseFunctions.Simulation.Commands;

/// <summary><c>day</c>: simulates a day of traffic with a peak.</summary>
internal sealed class DayCommand(TextWriter output)
{
    /// <summary>What <c>infra/</c> sets up for customers.</summary>
    public const int MessagesPerReplica = 16;

    /// <inheritdoc cref="MessagesPerReplica"/>
    public const int PollingSeconds = 5;

    /// <inheritdoc cref="MessagesPerReplica"/>
    public const int CooldownSeconds = 300;

    private readonly SharedOptions shared = new();
    private readonly Option<double> peak = Numbers.AtLeast("--peak", 1.0, 4, "The busiest moment's multiple of the average rate");
    private readonly Option<double> peakAt = Numbers.AtLeast("--peak-at", 0.0, 18, "Hour of the busiest moment");
    private readonly Option<double> peakWidth = Numbers.Positive("--peak-width", 1.5, "Standard deviation of the peak in hours");
    private readonly Option<double> hours = Numbers.Positive("--hours", 24, "Length of the period");
    private readonly Option<int> replicasMin = Numbers.Whole("--replicas-min", 0, 0, "Fewest replicas");
    private readonly Option<int> replicasMax = Numbers.Whole("--replicas-max", 1, 100, "Most replicas");
    private readonly Option<double> delay = Numbers.AtLeast("--batch-delay", 0.0, 0.005, "Longest wait of a lone image for company, in seconds");
    private readonly Option<int> messages = Numbers.Whole("--messages-per-replica", 1, MessagesPerReplica, "Messages, waiting or worked on, that ask for one replica");
    private readonly Option<double> polling = Numbers.Positive("--polling", PollingSeconds, "Seconds between two looks of the scaler at the queue");
    private readonly Option<double> coldStart = Numbers.AtLeast(
        "--cold-start", 0.0, 60, "Seconds for machine and image of a new replica; the process's own measured start comes on top");
    private readonly Option<double> scaleInAfter = Numbers.AtLeast("--scale-in-after", 0.0, CooldownSeconds, "Seconds for which fewer must do before replicas are taken away");
    private readonly Option<bool> hourly = new("--hourly") { Description = "Also what every hour was like" };
    private readonly Option<int> seed = Numbers.Whole("--seed", 0, 1, "The same seed gives the same day");

    public Command Build()
    {
        var command = new Command("day", "Simulate a day of traffic with a peak: queue, batches, scaling and cold starts.")
        {
            peak, peakAt, peakWidth, hours, replicasMin, replicasMax, delay, messages, polling, coldStart, scaleInAfter, hourly, seed,
        };
        shared.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult arguments)
    {
        if (arguments.GetRequiredValue(replicasMin) > arguments.GetRequiredValue(replicasMax))
        {
            throw new SimulationException("--replicas-min is at most --replicas-max.");
        }

        var profile = shared.Profile(arguments);
        var time = BatchTime.Of(profile);
        var traffic = new DailyTraffic(
            arguments.GetRequiredValue(shared.Rate),
            arguments.GetRequiredValue(peak),
            arguments.GetRequiredValue(hours),
            arguments.GetRequiredValue(peakAt),
            arguments.GetRequiredValue(peakWidth));
        var targets = arguments.GetRequiredValue(shared.Targets);
        var settings = new SimulationSettings
        {
            Scaling = new()
            {
                MinReplicas = arguments.GetRequiredValue(replicasMin),
                MaxReplicas = arguments.GetRequiredValue(replicasMax),
                MessagesPerReplica = arguments.GetRequiredValue(messages),
                PollingSeconds = arguments.GetRequiredValue(polling),
                ColdStartSeconds = arguments.GetRequiredValue(coldStart) + profile.StartSeconds.Value,
                ScaleInAfterSeconds = arguments.GetRequiredValue(scaleInAfter),
            },
            ImagesPerJob = targets,
            MaxBatchSize = arguments.GetRequiredValue(shared.Batch),
            MaxQueueDelay = arguments.GetRequiredValue(delay),
            BatchSeconds = time.For,
            Duration = traffic.Duration,
        };
        var report = QueueSimulation.Run(settings, new PoissonArrivals(traffic, new Random(arguments.GetRequiredValue(seed))));
        var table = arguments.GetValue(hourly) ? ReportTable.Hours(report, traffic.Duration, targets) : [];
        foreach (var line in ReportTable.Figures(report, traffic.Duration, shared.Prices(arguments)).Concat(table))
        {
            output.WriteLine(line);
        }

        return 0;
    }
}
