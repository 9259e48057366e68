namespace Microsoft.Azure.Functions.Worker;

/// <summary>Which repetition of a failed run an invocation is.</summary>
public abstract class RetryContext
{
    /// <summary>Repetitions so far; 0 for the first run.</summary>
    public abstract int RetryCount { get; }

    /// <summary>Repetitions allowed; -1 for as many as it takes.</summary>
    public abstract int MaxRetryCount { get; }
}
