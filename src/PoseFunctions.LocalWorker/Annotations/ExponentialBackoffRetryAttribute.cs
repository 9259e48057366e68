namespace Microsoft.Azure.Functions.Worker;

/// <summary>Repeats a failed run after delays that double.</summary>
public sealed class ExponentialBackoffRetryAttribute : RetryAttribute
{
    /// <param name="maxRetryCount">Repetitions after the first run; -1 for as many as it takes.</param>
    /// <param name="minimumInterval">First delay as <c>hh:mm:ss</c>.</param>
    /// <param name="maximumInterval">Longest delay as <c>hh:mm:ss</c>.</param>
    public ExponentialBackoffRetryAttribute(int maxRetryCount, string minimumInterval, string maximumInterval)
    {
        MaxRetryCount = maxRetryCount;
        MinimumInterval = minimumInterval;
        MaximumInterval = maximumInterval;
    }

    public string MinimumInterval { get; }

    public string MaximumInterval { get; }
}
