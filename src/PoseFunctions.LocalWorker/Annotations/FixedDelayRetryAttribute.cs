namespace Microsoft.Azure.Functions.Worker;

/// <summary>Repeats a failed run after the same delay each time.</summary>
/// <param name="maxRetryCount">Repetitions after the first run; -1 for as many as it takes.</param>
/// <param name="delayInterval">Delay as <c>hh:mm:ss</c>.</param>
public sealed class FixedDelayRetryAttribute(int maxRetryCount, string delayInterval) : RetryAttribute(maxRetryCount)
{
    public string DelayInterval { get; } = delayInterval;
}
