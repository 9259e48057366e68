using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using PoseFunctions.Core.Failures;
using PoseFunctions.Storage.Failures;

namespace PoseFunctions.Storage;

/// <summary>
/// Creates the containers and the queue before any other service of the host starts. Storage may come up a little later than
/// we do, so transient faults are tried again for about half a minute.
/// </summary>
internal sealed partial class StorageInitializer(
    BlobServiceClient blobs, QueueServiceClient queues, TimeProvider clock, ILogger<StorageInitializer> logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken) =>
        await Patience().ExecuteAsync(CreateAsync, cancellationToken).ConfigureAwait(false);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private ResiliencePipeline Patience() => new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<InfrastructureException>(exception => exception.IsTransient),
            MaxRetryAttempts = 8,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(250),
            MaxDelay = TimeSpan.FromSeconds(5),
            OnRetry = attempt =>
            {
                Log.NotReady(logger, attempt.Outcome.Exception, attempt.RetryDelay);
                return default;
            },
        })
        .Build();

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
        [LoggerMessage(LogLevel.Warning, "Storage is not ready; trying again in {Delay}.")]
        public static partial void NotReady(ILogger logger, Exception? exception, TimeSpan delay);
    }
}
