using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using PoseFunctions.Core;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Imaging;
using PoseFunctions.Inference;
using PoseFunctions.Inference.Sessions;
using PoseFunctions.Storage;
using PoseFunctions.Telemetry;

namespace PoseFunctions.Worker;

/// <summary>Composes the worker app; the local host calls the same.</summary>
public static class WorkerApplication
{
    /// <summary>Adds everything that the functions of this assembly need.</summary>
    public static TBuilder AddPoseFunctionsWorker<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddPoseFunctionsTelemetry();
        builder.Services.AddPoseFunctionsStorage(builder.Configuration);
        builder.Services.AddInference(builder.Configuration);
        builder.Services.AddImaging();
        builder.Services.TryAddSingleton(
            services =>
            {
                var sessions = services.GetRequiredService<SessionFactory>();
                return new WorkerDescription(
                    sessions.Selection.Active, sessions.Selection.Requested, sessions.Refusals is { Count: > 0 } refusals ? refusals : null);
            });
        builder.Services.AddPoseFunctionsWork();
        return builder;
    }
}
