using System.CommandLine;
using PoseFunctions.Simulation.Inputs;
using PoseFunctions.Simulation.Planning;

namespace PoseFunctions.Simulation.Commands;

/// <summary>The options that plan and simulation share.</summary>
internal sealed class SharedOptions
{
    public const string DefaultInputs = "docs/benchmarks/capacity.json";

    private readonly Option<string> inputs = new("--inputs")
    {
        Description = "File with the measured inputs",
        HelpName = "file",
        DefaultValueFactory = _ => DefaultInputs,
    };

    private readonly Option<string?> profile = new("--profile") { Description = "Which kind of worker; the file's first one", HelpName = "name" };

    private readonly Option<double> replicaHour = Numbers.Positive("--price-replica-hour", 1.0, "Price of one replica for an hour");
    private readonly Option<double> writes = Numbers.Positive("--price-writes", 0.05, "Price of 10,000 writes to blobs, or listings");
    private readonly Option<double> reads = Numbers.Positive("--price-reads", 0.004, "Price of 10,000 other requests to storage");

    public Option<double> Rate { get; } = Numbers.Positive("--rate", 1_000_000, "Jobs an hour, on average");

    public Option<int> Targets { get; } = Numbers.Whole("--targets", 1, 1, "Results of a job");

    public Option<int> Batch { get; } = Numbers.Whole("--batch", 1, 8, "Most images in one run of the generator");

    public void AddTo(Command command)
    {
        foreach (var option in (ReadOnlySpan<Option>)[inputs, profile, Rate, Targets, Batch, replicaHour, writes, reads])
        {
            command.Options.Add(option);
        }
    }

    public CapacityInputs Inputs(ParseResult arguments) => CapacityInputs.Read(arguments.GetRequiredValue(inputs));

    public WorkerProfile Profile(ParseResult arguments) => Inputs(arguments).Profile(arguments.GetValue(profile));

    public Prices Prices(ParseResult arguments) => new()
    {
        ReplicaHour = arguments.GetRequiredValue(replicaHour),
        TenThousandWrites = arguments.GetRequiredValue(writes),
        TenThousandReads = arguments.GetRequiredValue(reads),
    };
}
