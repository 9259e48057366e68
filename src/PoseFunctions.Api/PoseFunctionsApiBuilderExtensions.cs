using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PoseFunctions.Api.Configuration;
using PoseFunctions.Api.Http;
using PoseFunctions.Api.Jobs;
using PoseFunctions.Api.Models;
using PoseFunctions.Api.Views;
using PoseFunctions.Core;
using PoseFunctions.Core.Requests;
using PoseFunctions.Storage;
using PoseFunctions.Telemetry;

namespace PoseFunctions.Api;

/// <summary>Composes the HTTP app.</summary>
public static class PoseFunctionsApiBuilderExtensions
{
    /// <summary>Adds everything that the HTTP functions need.</summary>
    public static FunctionsApplicationBuilder AddPoseFunctionsApi(this FunctionsApplicationBuilder builder)
    {
        builder.AddPoseFunctionsTelemetry();
        builder.Services.AddPoseFunctionsApi(builder.Configuration);
        builder.UseWhen<TraceMiddleware>(context => context.GetHttpContext() is not null);
        builder.UseWhen<ProblemMiddleware>(context => context.GetHttpContext() is not null);
        return builder;
    }

    /// <summary>The services of the HTTP functions, over real stores.</summary>
    internal static IServiceCollection AddPoseFunctionsApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddPoseFunctionsStorage(configuration);
        return services.AddPoseFunctionsApi();
    }

    /// <summary>The services of the HTTP functions, apart from stores.</summary>
    internal static IServiceCollection AddPoseFunctionsApi(this IServiceCollection services)
    {
        services.AddPoseFunctionsCore();
        services.AddOptions<ApiOptions>().BindConfiguration(ApiOptions.SectionName).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ApiOptions>, ValidateApiOptions>());

        services.TryAddSingleton(provider => ManifestCatalog.Load(Path.Combine(
            AppContext.BaseDirectory, provider.GetRequiredService<IOptions<ApiOptions>>().Value.ModelsFolder)));

        services.TryAddSingleton<TransferRequestReader>();
        services.TryAddSingleton<SubmissionReader>();
        services.TryAddSingleton<RequestChecks>();
        services.TryAddSingleton<RequestCarrier>();
        services.TryAddSingleton<CompanionUploads>();
        services.TryAddSingleton<SubmitJobHandler>();
        services.TryAddSingleton<CreateUploadHandler>();
        services.TryAddSingleton<JobWatcher>();
        services.TryAddSingleton<CancelJobHandler>();
        services.TryAddSingleton<DeleteJobHandler>();
        services.TryAddSingleton<RetryJobHandler>();
        services.TryAddSingleton<ReplayJobHandler>();
        services.TryAddSingleton<ListJobsHandler>();
        services.TryAddSingleton<JobListing>();
        services.TryAddSingleton<Intake>();
        services.TryAddSingleton<BacklogHandler>();
        services.TryAddSingleton<EraseTenantHandler>();
        services.TryAddSingleton<ResultDownload>();
        services.TryAddSingleton<QueueEstimator>();
        services.TryAddSingleton<JobViewFactory>();
        services.TryAddSingleton<JobResponses>();
        services.TryAddSingleton<ResponseWriter>();
        return services;
    }
}
