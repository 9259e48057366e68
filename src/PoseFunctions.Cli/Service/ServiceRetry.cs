using System.Net;
using Polly;
using Polly.Retry;

namespace PoseFunctions.Cli.Service;

/// <summary>Repeats what may work a moment later, as soon as the service's <c>Retry-After</c> permits.</summary>
internal static class ServiceRetry
{
    /// <summary>Longest wait that is taken from the service; a longer one is treated as this.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    public static ResiliencePipeline<HttpResponseMessage> CreatePipeline(TimeProvider time) =>
        new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = 5,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(250),
                MaxDelay = TimeSpan.FromSeconds(8),
                UseJitter = true,
                ShouldHandle = attempt => ValueTask.FromResult(IsWorthRepeating(attempt.Outcome)),
                DelayGenerator = attempt => ValueTask.FromResult(RetryAfter(attempt.Outcome.Result, time)),
            })
            .Build();

    private static bool IsWorthRepeating(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException } => true,
        { Result.StatusCode: HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout } => true,
        { Result.StatusCode: HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout } => true,
        _ => false,
    };

    private static TimeSpan? RetryAfter(HttpResponseMessage? response, TimeProvider time)
    {
        var header = response?.Headers.RetryAfter;
        var pause = header?.Delta ?? (header?.Date - time.GetUtcNow());
        return pause is null ? null : TimeSpan.FromTicks(Math.Clamp(pause.Value.Ticks, 0, LongestPause.Ticks));
    }
}
