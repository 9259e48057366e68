using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PoseFunctions.Storage.Failures;

namespace PoseFunctions.Storage;

/// <summary>
/// Creates the containers and the queue before any other service of the host starts. Storage may come up a little later than
/// we do, so transient faults are tried again for about half a minute.
/// </summary>
internal sealed partial class StorageInitializer(
    BlobServiceClient blobs, QueueServiceClient queues, TimeProvider clock, ILogger<StorageInitializer> logger) : IHostedLifecycleService
{
    private const int Retries = 8;

    public async Task StartingAsync(CancellationToken cancellationToken) => await StoragePatience
        .Create(Retries, clock, (exception, delay) => Log.NotReady(logger, delay, exception?.Message))
        .ExecuteAsync(CreateAsync, cancellationToken).ConfigureAwait(false);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async ValueTask CreateAsync(CancellationToken cancellationToken)
    {
        var containers = StorageNames.Containers.Select(name => (Task)blobs.GetBlobContainerClient(name)
            .CreateIfNotExistsAsync(cancellationToken: cancellationToken).OrFailAsync());
        var queue = queues.GetQueueClient(StorageNames.JobQueue).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await Task.WhenAll([.. containers, CreatedAsync(queue)]).ConfigureAwait(false);
    }

    // Answers null where the queue is there already.
    private static async Task CreatedAsync(Task<Azure.Response> queue) => await queue.OrFailAsync().ConfigureAwait(false);

    private static partial class Log
    {
        // The reason alone: storage that is still starting is no fault, and the last try throws with all there is to know.
        [LoggerMessage(LogLevel.Warning, "Storage is not ready; trying again in {Delay}: {Reason}")]
        public static partial void NotReady(ILogger logger, TimeSpan delay, string? reason);
    }
}
