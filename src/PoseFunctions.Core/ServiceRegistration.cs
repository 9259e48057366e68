using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Generation.Composition;
using PoseFunctions.Core.Generation.Layouts;
using PoseFunctions.Core.Generation.Rendering;
using PoseFunctions.Core.Generation.Views;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Intake;
using PoseFunctions.Core.Leases;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;
using PoseFunctions.Core.Recovery;
using PoseFunctions.Core.Requests;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Core;

/// <summary>Registers the handlers of the worker. Stores, codec, parser and generators come from their own projects.</summary>
public static class ServiceRegistration
{
    /// <summary>What both apps need.</summary>
    public static IServiceCollection AddPoseFunctionsCore(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => PoseLibrary.Load());
        services.AddOptions<TransferOptions>().BindConfiguration(TransferOptions.SectionName).ValidateOnStart();
        services.AddOptions<ImageLimits>().BindConfiguration(ImageLimits.SectionName).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TransferOptions>, ValidateTransferOptions>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ImageLimits>, ValidateImageLimits>());
        return services;
    }

    /// <summary>What the worker needs besides: parsing, running, recovering.</summary>
    public static IServiceCollection AddPoseFunctionsWork(this IServiceCollection services)
    {
        services.AddPoseFunctionsCore();
        services.TryAddSingleton<RecentWork>();
        services.TryAddSingleton<PhotoParsing>();
        services.TryAddSingleton<TransferRequestReader>();
        services.TryAddSingleton<PhotoLatents>();
        services.TryAddSingleton<CompanionPhotos>();
        services.TryAddSingleton<JobPhotos>();
        services.TryAddSingleton<TargetLayouts>();
        services.TryAddSingleton<JobModels>();
        services.TryAddSingleton<ImmediateRun>();
        services.TryAddSingleton<UploadSettlement>();
        services.TryAddSingleton<JobResumption>();
        services.TryAddSingleton<UploadRequests>();
        services.TryAddSingleton<UploadParsing>();
        services.TryAddSingleton<UploadHandler>();
        services.TryAddSingleton<ViewReader>();
        services.TryAddSingleton<ViewLatents>();
        services.TryAddSingleton<ViewPictures>();
        services.TryAddSingleton<CanvasPainter>();
        services.TryAddSingleton<PersonOutline>();
        services.TryAddSingleton<ViewGeneration>();
        services.TryAddSingleton<ResultPainter>();
        services.TryAddSingleton<TransferRenderer>();
        services.TryAddSingleton<ClaimWatch>();
        services.TryAddSingleton<RunJobHandler>();
        services.TryAddSingleton<Watchdog>();
        services.TryAddSingleton<Sweep>();
        services.TryAddSingleton<PoisonHandler>();
        services.TryAddSingleton<Func<WorkerDescription>>(provider => provider.GetRequiredService<WorkerDescription>);
        services.TryAddSingleton<WorkerLeaseKeeper>();
        services.AddHostedService(provider => provider.GetRequiredService<WorkerLeaseKeeper>());
        return services;
    }
}
