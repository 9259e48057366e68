using PoseFunctions.Simulation.Inputs;
using PoseFunctions.Simulation.Queueing;

namespace PoseFunctions.Simulation.Planning;

/// <summary>What a steady rate of jobs needs, computed from the measured inputs.</summary>
internal sealed record CapacityPlan
{
    /// <summary>Names in one listing, at most.</summary>
    public const int NamesInListing = 5000;

    /// <summary>Seconds between two sweeps, each of which lists all records and all photos.</summary>
    public const int SweepSeconds = 15;

    public required CapacityInputs Inputs { get; init; }

    public required WorkerProfile Profile { get; init; }

    public required Prices Prices { get; init; }

    public required double JobsPerHour { get; init; }

    /// <summary>Results of a job.</summary>
    public required int Targets { get; init; }

    /// <summary>How often a caller looks at a job.</summary>
    public required int Looks { get; init; }

    public required int MaxBatchSize { get; init; }

    /// <summary>For how long records and photos are kept.</summary>
    public required double RetentionHours { get; init; }

    /// <summary>Share of a worker's or an account's time that is planned for; the rest is for unevenness.</summary>
    public required double Utilisation { get; init; }

    public double JobsPerSecond => JobsPerHour / 3600;

    public double ImagesPerSecond => JobsPerSecond * Targets;

    public StorageCost Storage => StorageCost.Of(Inputs, Targets, Looks);

    /// <summary>Records that are kept, and as many photos.</summary>
    public double RecordsKept => JobsPerHour * RetentionHours;

    /// <summary>Listings of one sweep.</summary>
    public double ListingsOfSweep => 2 * RecordsKept / NamesInListing;

    /// <summary>A job's part in the listings of all sweeps for as long as it is kept. Listings are paid like writes.</summary>
    public double ListingsPerJob => ListingsOfSweep / SweepSeconds / JobsPerSecond;

    /// <summary>Requests for a job to the account with the photos.</summary>
    public double RequestsPerJob => Storage.OnPhotos + ListingsPerJob;

    /// <summary>Requests a second to the account with the photos.</summary>
    public double AccountRequestsPerSecond => JobsPerSecond * RequestsPerJob;

    public int Accounts => Needed(AccountRequestsPerSecond, Inputs.Targets.AccountRequestsPerSecond);

    public int Queues => Needed(JobsPerSecond, Inputs.Targets.QueueMessagesPerSecond);

    /// <summary>Jobs an hour that one account takes, planned in the same way.</summary>
    public double JobsPerHourOfOneAccount => Inputs.Targets.AccountRequestsPerSecond * Utilisation / RequestsPerJob * 3600;

    /// <summary>Images a second of one replica with full batches.</summary>
    public double ImagesPerSecondOfReplica => BatchTime.Of(Profile).Throughput(MaxBatchSize);

    public int Replicas => Needed(ImagesPerSecond, ImagesPerSecondOfReplica);

    public double ReplicaCostOfThousandResults => Replicas * Prices.ReplicaHour / (JobsPerHour * Targets) * 1000;

    public double StorageCostOfThousandResults =>
        (((Storage.Writes + ListingsPerJob) * Prices.TenThousandWrites) + (Storage.Others * Prices.TenThousandReads)) / 10_000 / Targets * 1000;

    private int Needed(double rate, double each) => Math.Max(1, (int)Math.Ceiling(rate / (each * Utilisation)));
}
