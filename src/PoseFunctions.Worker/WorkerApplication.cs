using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using PoseFunctions.Core;
using PoseFunctions.Core.Leases;
using PoseFunctions.Core.Recovery;
using PoseFunctions.Imaging;
using PoseFunctions.Inference;
using PoseFunctions.Inference.Sessions;
using PoseFunctions.Storage;
using PoseFunctions.Telemetry;
using PoseFunctions.Worker.Hosting;
using PoseFunctions.Worker.Uploads;

namespace PoseFunctions.Worker;

/// <summary>Composes the worker app.</summary>
public static class WorkerApplication
{
    /// <summary>Adds everything that the functions of this assembly need.</summary>
    public static TBuilder AddPoseFunctionsWorker<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddPoseFunctionsTelemetry();
        builder.Services.AddPoseFunctionsStorage(builder.Configuration);
        builder.Services.TryAddSingleton<WorkerReadiness>();
        builder.Services.TryAddSingleton<UploadDelivery>();

        // Services start in this order: jobs of workers that died need not wait until the models of this one are loaded.
        builder.Services.AddHostedService<WatchdogService>();
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
