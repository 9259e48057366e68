using Microsoft.Azure.Functions.Worker;

namespace PoseFunctions.LocalWorker.Invocations;

/// <summary>Which repetition an invocation is.</summary>
internal sealed class InvocationRetryContext(int retryCount, int maxRetryCount) : RetryContext
{
    public override int RetryCount => retryCount;

    public override int MaxRetryCount => maxRetryCount;
}
