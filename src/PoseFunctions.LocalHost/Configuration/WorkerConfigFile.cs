namespace PoseFunctions.LocalHost.Configuration;

/// <summary>worker.config.json as it is written by the worker's SDK.</summary>
internal sealed record WorkerConfigFile
{
    public WorkerDescription? Description { get; init; }

    internal sealed record WorkerDescription
    {
        public string? DefaultExecutablePath { get; init; }

        public string? DefaultWorkerPath { get; init; }

        public IReadOnlyList<string>? Arguments { get; init; }
    }
}
