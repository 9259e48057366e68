using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using PoseFunctions.Core.Telemetry;

namespace PoseFunctions.Api.Http;

/// <summary>
/// Makes every request one span, in its caller's trace where it names one. The trace id of a problem is that of this span, and
/// the trace parent of a new job is this span.
/// </summary>
internal sealed class TraceMiddleware : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var caller = context.GetHttpContext()!.Request.Headers.TraceParent.ToString();
        using var activity = PoseFunctionsTelemetry.StartEntry(context.FunctionDefinition.Name, ActivityKind.Server, caller);
        await next(context);
    }
}
