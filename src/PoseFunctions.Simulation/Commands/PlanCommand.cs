using System.CommandLine;
using PoseFunctions.Simulation.Planning;

namespace PoseFunctions.Simulation.Commands;

/// <summary><c>plan</c>: what a steady rate needs, with the arithmetic.</summary>
internal sealed class PlanCommand(TextWriter output)
{
    private readonly SharedOptions shared = new();
    private readonly Option<int> looks = Numbers.Whole("--looks", 0, 2, "How often a caller looks at a job");
    private readonly Option<double> retention = Numbers.Positive("--retention", 24, "Hours for which records and photos are kept");
    private readonly Option<double> utilisation = Numbers.Share(
        "--utilisation", 0.7, "Share of what an account, a queue or a worker can do that is planned for");

    public Command Build()
    {
        var command = new Command("plan", "Compute what a steady rate needs: accounts, queues, replicas, cost.") { looks, retention, utilisation };
        shared.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult arguments)
    {
        var plan = new CapacityPlan
        {
            Inputs = shared.Inputs(arguments),
            Profile = shared.Profile(arguments),
            Prices = shared.Prices(arguments),
            JobsPerHour = arguments.GetRequiredValue(shared.Rate),
            Targets = arguments.GetRequiredValue(shared.Targets),
            MaxBatchSize = arguments.GetRequiredValue(shared.Batch),
            Looks = arguments.GetRequiredValue(looks),
            RetentionHours = arguments.GetRequiredValue(retention),
            Utilisation = arguments.GetRequiredValue(utilisation),
        };
        foreach (var line in PlanTable.Lines(plan))
        {
            output.WriteLine(line);
        }

        return 0;
    }
}
