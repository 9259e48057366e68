using System.Text.Json;

namespace PoseFunctions.Simulation.Inputs;

/// <summary>Everything that plan and simulation start from: measured figures with their commands, and the platform's promises.</summary>
internal sealed record CapacityInputs
{
    /// <summary>Storage operations of ours for a dropped photo with one target.</summary>
    public required Measured OwnOperationsPerJob { get; init; }

    public required HostOperations Host { get; init; }

    public required StorageTargets Targets { get; init; }

    /// <summary>At least one; the first is the default.</summary>
    public required IReadOnlyList<WorkerProfile> Profiles { get; init; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="SimulationException">It is not there or is no such file.</exception>
    public static CapacityInputs Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), InputsJsonContext.Default.CapacityInputs)
                ?? throw new JsonException("it is null");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new SimulationException($"The measured inputs cannot be read from '{path}': {exception.Message}", exception);
        }
    }

    /// <summary>The profile of a name; the first where none is named.</summary>
    /// <exception cref="SimulationException">There is none of that name.</exception>
    public WorkerProfile Profile(string? name) => Profiles.FirstOrDefault(profile => name is null || profile.Name == name)
        ?? throw new SimulationException($"There is no profile '{name}'; there are: {string.Join(", ", Profiles.Select(profile => profile.Name))}.");
}
