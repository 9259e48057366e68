using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace PoseFunctions.Api.Http;

/// <summary>Answers for HTTP functions: with their results, or with problem details for what they throw.</summary>
internal sealed class ProblemMiddleware(ResponseWriter writer) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        await writer.WriteAsync(context.GetHttpContext()!, context.FunctionDefinition.Name, RunAsync, context.CancellationToken);

        // The worker would serialise a result that it finds here and send it to the host, which has no use for it.
        context.GetInvocationResult().Value = null;

        async Task<IResult?> RunAsync()
        {
            await next(context);
            return context.GetInvocationResult().Value as IResult; // of now: it does not follow what a function returns later
        }
    }
}
