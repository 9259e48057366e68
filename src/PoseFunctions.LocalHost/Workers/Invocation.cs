using System.Diagnostics;
using PoseFunctions.LocalHost.Configuration.Functions;
using PoseFunctions.LocalHost.Protocol;

namespace PoseFunctions.LocalHost.Workers;

/// <summary>Makes what asks a worker to run a function once.</summary>
internal static class Invocation
{
    /// <param name="function">Which function.</param>
    /// <param name="value">Value of its trigger parameter.</param>
    /// <param name="metadata">What else it may bind parameters to, by name.</param>
    public static InvocationRequest Create(
        FunctionDeclaration function, TypedData value, IEnumerable<KeyValuePair<string, TypedData>> metadata)
    {
        var invocation = new InvocationRequest
        {
            InvocationId = Guid.NewGuid().ToString(),
            FunctionId = function.Name,
            InputData = { new ParameterBinding { Name = function.Trigger.Parameter, Data = value } },
            TraceContext = new RpcTraceContext
            {
                TraceParent = Activity.Current?.Id ?? "",
                TraceState = Activity.Current?.TraceStateString ?? "",
            },
        };
        foreach (var (name, data) in metadata)
        {
            invocation.TriggerMetadata[name] = data;
        }

        return invocation;
    }
}
