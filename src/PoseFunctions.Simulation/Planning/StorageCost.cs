using PoseFunctions.Simulation.Inputs;

namespace PoseFunctions.Simulation.Planning;

/// <summary>Requests to storage for one job.</summary>
/// <param name="Own">Ours: measured for one target; every further one is one more result to write.</param>
/// <param name="Client">The upload itself, looks at the job, and a download for every result.</param>
/// <param name="HostOnPhotos">The host's, in the photos' account.</param>
/// <param name="HostOnItsOwn">The host's, in its own account.</param>
/// <param name="Writes">Those of all that write blobs.</param>
internal sealed record StorageCost(double Own, double Client, double HostOnPhotos, double HostOnItsOwn, double Writes)
{
    /// <summary>Parsed photo, record, claim and completion; results come on top.</summary>
    private const int OwnWritesWithoutResults = 4;

    /// <summary>Requests to the account with the photos.</summary>
    public double OnPhotos => Own + Client + HostOnPhotos;

    /// <summary>All that are no blob writes.</summary>
    public double Others => OnPhotos + HostOnItsOwn - Writes;

    public static StorageCost Of(CapacityInputs inputs, int targets, int looks)
    {
        var (host, shared) = (inputs.Host, 1.0 / inputs.Host.MessagesPerRequest);
        return new(
            inputs.OwnOperationsPerJob.Value + targets - 1,
            1 + looks + targets,
            host.PhotoReads + host.JobMessages + shared,
            host.EventMessages + shared,
            1 + OwnWritesWithoutResults + targets);
    }
}
