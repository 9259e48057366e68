using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;

namespace PoseFunctions.LocalWorker.Invocations;

/// <summary>The trace context of an invocation's span.</summary>
internal sealed class InvocationTraceContext(Activity activity) : TraceContext
{
    public override string TraceParent => activity.Id ?? string.Empty;

    public override string TraceState => activity.TraceStateString ?? string.Empty;
}
