namespace Microsoft.Azure.Functions.Worker;

/// <summary>Repeats a failed run after delays that double.</summary>
/// <param name="maxRetryCount">Repetitions after the first run; -1 for as many as it takes.</param>
/// <param name="minimumInterval">First delay as <c>hh:mm:ss</c>.</param>
/// <param name="maximumInterval">Longest delay as <c>hh:mm:ss</c>.</param>
public sealed class ExponentialBackoffRetryAttribute(int maxRetryCount, string minimumInterval, string maximumInterval)
    : RetryAttribute(maxRetryCount)
{
    public string MinimumInterval { get; } = minimumInterval;

    public string MaximumInterval { get; } = maximumInterval;
}
