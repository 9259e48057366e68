using Polly;
using Polly.Retry;

namespace PoseFunctions.LocalHost.Events.Delivery;

/// <summary>How often and when a refused event is delivered again: 200 ms, then twice as long each time up to 10 s, for 40 s in all.</summary>
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
