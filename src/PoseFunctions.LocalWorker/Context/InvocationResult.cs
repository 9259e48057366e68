namespace Microsoft.Azure.Functions.Worker;

/// <summary>What an invocation returns; middleware may read and replace it.</summary>
public class InvocationResult
{
    private readonly PoseFunctions.LocalWorker.Invocations.Invocation invocation;

    internal InvocationResult(PoseFunctions.LocalWorker.Invocations.Invocation invocation) => this.invocation = invocation;

    public object? Value
    {
        get => invocation.Result;
        set => invocation.Result = value;
    }
}
