using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace PoseFunctions.Api.Http;

/// <summary>Turns what HTTP functions throw into problem details. What is this service's own fault is logged whole.</summary>
internal sealed partial class ProblemMiddleware(ILogger<ProblemMiddleware> logger) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var http = context.GetHttpContext()!;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested || context.CancellationToken.IsCancellationRequested)
        {
            // Nobody is there to read an answer, or the host is stopping and tells the caller itself.
            throw;
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            var problem = Problems.From(exception);
            if (problem.Status >= StatusCodes.Status500InternalServerError)
            {
                Log.RequestFailed(logger, exception, context.FunctionDefinition.Name, problem.Code);
                Activity.Current?.SetStatus(ActivityStatusCode.Error, problem.Code);
            }

            context.GetInvocationResult().Value = Problems.Response(http.Response, problem);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Function} answers with the problem {Code}.")]
        public static partial void RequestFailed(ILogger logger, Exception exception, string function, string code);
    }
}
