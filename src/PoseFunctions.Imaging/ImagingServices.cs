using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Images;
using PoseFunctions.Imaging.Codecs;

namespace PoseFunctions.Imaging;

/// <summary>Registers the image codec that the settings choose.</summary>
public static partial class ImagingServices
{
    /// <summary>Adds <see cref="IImageCodec"/>.</summary>
    public static IServiceCollection AddImaging(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<ImagingOptions>, ValidateImagingOptions>();
        services.AddOptions<ImagingOptions>().Bind(configuration.GetSection(ImagingOptions.SectionName)).ValidateOnStart();
        services.AddSingleton(new CodecChoice(
            CodecChoice.LibVips, provider => new ImageCodec(provider.GetRequiredService<IOptions<ImageLimits>>())));
        AddCodecsOfThePackageSet(services);
        services.TryAddSingleton(Choose);
        return services;
    }

    // Implemented beside the codecs that only one package set can compile.
    static partial void AddCodecsOfThePackageSet(IServiceCollection services);

    private static IImageCodec Choose(IServiceProvider provider)
    {
        var name = provider.GetRequiredService<IOptions<ImagingOptions>>().Value.Codec;
        return provider.GetServices<CodecChoice>().Single(choice => choice.IsNamed(name)).Create(provider);
    }
}
