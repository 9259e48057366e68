using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PoseFunctions.Inference;
using PoseFunctions.Inference.Batching;
using PoseFunctions.Inference.Sessions;
using PoseFunctions.Testing;

namespace PoseFunctions.Benchmarks;

/// <summary>What a worker that starts waits for and then keeps: every model that ships, with the settings that a service has.</summary>
internal static class ModelStart
{
    public const string Command = "models";

    public static async Task MeasureAsync()
    {
        var options = Options.Create(new InferenceOptions { ModelsPath = RepositoryRoot.Combine("models") });
        var batching = Options.Create(new BatchingOptions());
        var before = MemoryProbe.Kilobytes("VmRSS:");
        var started = Stopwatch.GetTimestamp();
        await using var models = new InstalledModels(
            new(options), new(options, batching, NullLogger<SessionFactory>.Instance), options, batching, TimeProvider.System);
        var loaded = Stopwatch.GetElapsedTime(started);
        models.WarmUp(WarmUpScope.All, string.Empty, CancellationToken.None);
        var ready = Stopwatch.GetElapsedTime(started);
        Console.WriteLine(
            $"{models.Generators.Count} generators, the parser and the layout model: loaded in {loaded.TotalMilliseconds:0} ms, warmed up in "
            + $"{(ready - loaded).TotalMilliseconds:0} ms more, {(MemoryProbe.Kilobytes("VmRSS:") - before) / 1024} MiB of memory");
    }
}
