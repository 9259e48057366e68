using Microsoft.Extensions.DependencyInjection;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using Xunit;

namespace PoseFunctions.Imaging.Tests;

public sealed class ImagingServicesTests
{
    [Fact]
    public void AddImaging_WithLimits_GivesACodecThatKeepsThem()
    {
        var services = new ServiceCollection();
        services.AddOptions<ImageLimits>().Configure(limits => limits.MaxPixels = 100);
        using var provider = services.AddImaging().BuildServiceProvider();
        using var picture = TestPictures.Corners(64, 64);
        var codec = provider.GetRequiredService<IImageCodec>();

        var refused = Assert.Throws<RejectedException>(() => codec.Identify(codec.Encode(picture, new(ImageFormat.Png))));

        Assert.Equal(FailureCodes.ImageTooManyPixels, refused.Code);
        Assert.Same(codec, provider.GetRequiredService<IImageCodec>());
    }
}
