using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Generation;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Running;
using PoseFunctions.Inference.Batching;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Sessions;

namespace PoseFunctions.Inference;

/// <summary>Registers generators, the layout model and the person parser, which run on ONNX Runtime.</summary>
public static class InferenceServices
{
    /// <summary>
    /// Adds <see cref="GeneratorCatalog"/>, <see cref="IPersonParser"/>, <see cref="ModelCatalog"/>, <see cref="SessionFactory"/>
    /// (whose selection health reads) and <see cref="ModelStartup"/> (which loads everything at start).
    /// </summary>
    public static IServiceCollection AddInference(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<InferenceOptions>, ValidateInferenceOptions>();
        services.AddSingleton<IValidateOptions<InferenceOptions>, ValidateProviderOptions>();
        services.AddSingleton<IValidateOptions<BatchingOptions>, ValidateBatchingOptions>();
        services.AddSingleton<IValidateOptions<BatchingOptions>, ValidateFixedSizes>();
        services.AddOptions<InferenceOptions>()
            .Bind(configuration.GetSection(InferenceOptions.SectionName), binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddOptions<BatchingOptions>()
            .Bind(configuration.GetSection(BatchingOptions.SectionName), binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ModelCatalog>();
        services.AddSingleton<SessionFactory>();
        services.AddSingleton<InstalledModels>();
        services.AddSingleton(provider => CatalogOf(provider.GetRequiredService<InstalledModels>()));
        services.AddSingleton<IPersonParser>(provider => provider.GetRequiredService<InstalledModels>().Parser);
        services.AddHostedService(provider => new ModelStartup(
            provider.GetRequiredService<InstalledModels>,
            provider.GetRequiredService<SessionFactory>(),
            provider.GetRequiredService<IOptions<InferenceOptions>>(),
            provider.GetRequiredService<IOptions<TransferOptions>>(),
            provider.GetRequiredService<ILogger<ModelStartup>>()));
        return services;
    }

    private static GeneratorCatalog CatalogOf(InstalledModels models) => new(models.Generators, models.Layout);
}
