namespace Microsoft.Azure.Functions.Worker;

/// <summary>Base of the attributes that repeat a failed run of a timer function.</summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class RetryAttribute : Attribute
{
    /// <summary>Repetitions after the first run; -1 for as many as it takes.</summary>
    public int MaxRetryCount { get; set; }
}
