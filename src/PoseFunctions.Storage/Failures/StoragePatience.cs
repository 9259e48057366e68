using Polly;
using Polly.Retry;
using PoseFunctions.Core.Failures;

namespace PoseFunctions.Storage.Failures;

/// <summary>Waits while storage is away.</summary>
public static class StoragePatience
{
    /// <summary>
    /// Tries again what failed for a transient reason: after a quarter of a second at first, in the end every five seconds.
    /// </summary>
    /// <param name="retries">How often: 8 take about 20 seconds, and every further one 5 more.</param>
    /// <param name="clock">What the waits are measured with.</param>
    /// <param name="retrying">Told of every failure, and of the wait that follows.</param>
    public static ResiliencePipeline Create(int retries, TimeProvider clock, Action<Exception?, TimeSpan> retrying) =>
        new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<InfrastructureException>(exception => exception.IsTransient),
                MaxRetryAttempts = retries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(250),
                MaxDelay = TimeSpan.FromSeconds(5),
                OnRetry = attempt =>
                {
                    retrying(attempt.Outcome.Exception, attempt.RetryDelay);
                    return default;
                },
            })
            .Build();
}
