using Polly;
using Polly.Retry;

namespace PoseFunctions.LocalHost.Events.Delivery;

/// <summary>
/// When a refused event is delivered again: after 200 ms, then after twice as long each time up to 10 s, for about 40 s in all.
/// </summary>
internal static class DeliveryRetry
{
    public static ResiliencePipeline Create(TimeProvider clock) => new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = 9,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(200),
            MaxDelay = TimeSpan.FromSeconds(10),
        })
        .Build();
}
