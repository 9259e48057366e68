using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Api.Http;
using PoseFunctions.Api.Views;

namespace PoseFunctions.Api.Functions;

/// <summary>Says that the process answers.</summary>
public static class LivenessFunction
{
    // Probes have no key, and there is nothing to learn here.
    [Function("Liveness")]
    public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/live")] HttpRequest request) =>
        Results.Json(new LivenessView("live"), ApiJsonContext.Default.LivenessView);
}
