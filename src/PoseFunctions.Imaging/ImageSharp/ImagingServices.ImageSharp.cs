using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Images;
using PoseFunctions.Imaging.Codecs;
using PoseFunctions.Imaging.ImageSharp;

namespace PoseFunctions.Imaging;

public static partial class ImagingServices
{
    static partial void AddCodecsOfThePackageSet(IServiceCollection services) => services.AddSingleton(new CodecChoice(
        CodecChoice.ImageSharp, provider => new ImageSharpCodec(provider.GetRequiredService<IOptions<ImageLimits>>())));
}
