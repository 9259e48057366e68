using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Api.Http;
using PoseFunctions.Api.Jobs;
using PoseFunctions.Api.Views;

namespace PoseFunctions.Api.Functions;

/// <summary>Says whether storage answers and which workers are alive.</summary>
public sealed class ReadinessFunction(QueueEstimator queue)
{
    // Probes have no key. Names of processes and machines are therefore left out.
    [Function("Readiness")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/ready")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var measurement = await queue.MeasureAsync(cancellationToken);
        var workers = measurement.Workers.Select(
            worker => new WorkerView(worker.Provider, worker.RequestedProvider, worker.Refusals, worker.JobsPerSecond));
        return Results.Json(
            new ReadinessView("ready", "reachable", measurement.Depth.Messages, [.. workers]), ApiJsonContext.Default.ReadinessView);
    }
}
