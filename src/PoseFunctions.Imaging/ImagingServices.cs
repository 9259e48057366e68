using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PoseFunctions.Core.Images;

namespace PoseFunctions.Imaging;

/// <summary>Registers the image codec.</summary>
public static class ImagingServices
{
    /// <summary>Adds <see cref="IImageCodec"/>, which keeps the configured <see cref="ImageLimits"/>.</summary>
    public static IServiceCollection AddImaging(this IServiceCollection services)
    {
        services.TryAddSingleton<IImageCodec, ImageCodec>();
        return services;
    }
}
