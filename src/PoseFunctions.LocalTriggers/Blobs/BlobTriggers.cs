using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PoseFunctions.LocalTriggers.Configuration;
using PoseFunctions.LocalTriggers.Hosting;
using PoseFunctions.LocalTriggers.Storage;
using PoseFunctions.LocalWorker.Discovery;
using PoseFunctions.LocalWorker.Invocations;

namespace PoseFunctions.LocalTriggers.Blobs;

/// <summary>Runs blob functions. Functions that ask for Event Grid get scans as well: there are no storage events on one machine.</summary>
internal sealed class BlobTriggers(
    FunctionCatalog catalog,
    HostJson hostJson,
    IConfiguration configuration,
    StorageConnections connections,
    IOptions<LocalTriggerOptions> options,
    FunctionPipeline pipeline,
    StopSignals signals,
    TimeProvider time,
    ILoggerFactory loggers) : IBlobTriggers
{
    private readonly Lazy<BlobFunction[]> functions = new(() =>
        [.. catalog.StartedBy<BlobTriggerAttribute>().Select(found => Bind(found.Function, found.Trigger, configuration, connections))]);

    public IEnumerable<ITriggerListener> Listeners
    {
        get
        {
            // One set of slots for all functions, as maxDegreeOfParallelism means it.
            var slots = new SemaphoreSlim(hostJson.Extensions.Blobs.MaxDegreeOfParallelism);
            var all = functions.Value;
            return options.Value.ScanBlobs ? all.Select(function => Listen(function, slots)) : [];
        }
    }

    public Task InvokeAsync(string functionName, string blobName, CancellationToken cancellationToken)
    {
        var function = functions.Value.FirstOrDefault(candidate => candidate.Name == functionName)
            ?? throw new ArgumentException($"There is no blob function '{functionName}'.", nameof(functionName));
        var tokens = function.Pattern.Match(blobName)
            ?? throw new ArgumentException($"The pattern of '{functionName}' does not match '{blobName}'.", nameof(blobName));
        return pipeline.RunAsync(function.Bound, BlobParameters.Input(function.Container, blobName, tokens), cancellationToken);
    }

    private BlobListener Listen(BlobFunction function, SemaphoreSlim slots)
    {
        var receipts = new BlobReceipts(connections.Blobs(null), time, options.Value.BlobClaimDuration);
        var poison = new PoisonBlobQueue(connections.Queues(null), hostJson.Extensions.Queues.MessageEncoding);
        var runner = new BlobRunner(
            function,
            receipts,
            poison,
            hostJson.Extensions.Blobs.PoisonBlobThreshold,
            options.Value,
            pipeline,
            signals,
            time,
            loggers.CreateLogger<BlobRunner>());
        return new BlobListener(
            function, runner, receipts, slots, options.Value, signals, time, loggers.CreateLogger<BlobListener>());
    }

    private static BlobFunction Bind(
        FunctionDeclaration function, BlobTriggerAttribute trigger, IConfiguration configuration, StorageConnections connections)
    {
        try
        {
            var pattern = BlobPathPattern.Parse(SettingNames.Resolve(trigger.BlobPath, configuration));
            return new BlobFunction(
                BlobParameters.Bind(function, pattern),
                pattern,
                connections.Blobs(trigger.Connection).GetBlobContainerClient(pattern.Container));
        }
        catch (FormatException exception)
        {
            throw new FunctionDeclarationException(function.Name, exception.Message);
        }
    }
}
