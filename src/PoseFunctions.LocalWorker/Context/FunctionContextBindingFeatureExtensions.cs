using PoseFunctions.LocalWorker.Invocations;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Reaches an invocation's result from middleware.</summary>
public static class FunctionContextBindingFeatureExtensions
{
    /// <summary>The result of the invocation; its value is null until the function has returned.</summary>
    /// <exception cref="InvalidOperationException">The context is not one that the host made.</exception>
    public static InvocationResult GetInvocationResult(this FunctionContext context) => context is Invocation invocation
        ? new InvocationResult(invocation)
        : throw new InvalidOperationException("Only invocations that the host made have a result.");
}
