using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using PoseFunctions.Core.Telemetry;

namespace PoseFunctions.Api.Http;

/// <summary>The span of a request, in its caller's trace where it names one.</summary>
internal static class RequestTrace
{
    /// <summary>
    /// Starts the span. Without anybody who listens it is not recorded, but callers and logs can still name the request by its trace
    /// id, and jobs carry it on to whoever listens there.
    /// </summary>
    public static Activity Start(HttpRequest request, string function)
    {
        var caller = request.Headers.TraceParent.ToString();
        return PoseFunctionsTelemetry.StartEntry(function, ActivityKind.Server, caller) ?? StartUnrecorded(function, caller);
    }

    private static Activity StartUnrecorded(string function, string caller)
    {
        var activity = new Activity(function);
        if (ActivityContext.TryParse(caller, traceState: null, isRemote: true, out _))
        {
            activity.SetParentId(caller);
        }

        return activity.Start();
    }
}
