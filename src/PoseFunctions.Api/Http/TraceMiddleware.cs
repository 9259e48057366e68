using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace PoseFunctions.Api.Http;

/// <summary>
/// Makes every request one span, in its caller's trace where it names one. The trace id of a problem is that of this span, and
/// the trace parent of a new job is this span.
/// </summary>
internal sealed class TraceMiddleware : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        using var activity = RequestTrace.Start(context.GetHttpContext()!.Request, context.FunctionDefinition.Name);
        await next(context);
    }
}
