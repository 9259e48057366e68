using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace PoseFunctions.Worker.Hosting;

/// <summary>Lets no function run before the models are ready; nothing of a function is even made before.</summary>
internal sealed class ReadinessMiddleware(WorkerReadiness readiness) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        await readiness.WaitAsync(context.CancellationToken);
        await next(context);
    }
}
