using Microsoft.Azure.Functions.Worker;

namespace PoseFunctions.LocalWorker.Invocations;

/// <summary>The binding data of an invocation.</summary>
internal sealed class InvocationBindingContext(IReadOnlyDictionary<string, object?> data) : BindingContext
{
    public override IReadOnlyDictionary<string, object?> BindingData => data;
}
