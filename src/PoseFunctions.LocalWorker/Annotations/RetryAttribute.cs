namespace Microsoft.Azure.Functions.Worker;

/// <summary>Base of the attributes that repeat a failed run of a timer function.</summary>
/// <param name="maxRetryCount">Repetitions after the first run; -1 for as many as it takes.</param>
[AttributeUsage(AttributeTargets.Method)]
public abstract class RetryAttribute(int maxRetryCount) : Attribute
{
    public int MaxRetryCount { get; } = maxRetryCount;
}
