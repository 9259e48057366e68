using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Images;
using PoseFunctions.Imaging.Codecs;
using Xunit;

namespace PoseFunctions.Imaging.Tests.Codecs;

public sealed class ImagingServicesTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("libvips")]
    [InlineData("LibVips")]
    public void AddImaging_DefaultOrByName_IsLibVips(string? codec)
    {
        using var services = Services(codec);

        Assert.IsType<ImageCodec>(services.GetRequiredService<IImageCodec>());
    }

    [Fact]
    public void AddImaging_UnknownCodec_IsRefusedAtStartWithThoseThatThereAre()
    {
        using var services = Services("photoshop");

        var refusal = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains("Imaging:Codec is 'photoshop'; this build has 'libvips'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddImaging_ImageSharp_IsThereInTheAzurePackageSetOnly()
    {
        using var services = Services("imagesharp");
        var choices = services.GetServices<CodecChoice>().Select(choice => choice.Name).ToArray();

        if (choices.Contains(CodecChoice.ImageSharp))
        {
            Assert.Equal("ImageSharpCodec", services.GetRequiredService<IImageCodec>().GetType().Name);
        }
        else
        {
            Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IImageCodec>());
        }
    }

    private static ServiceProvider Services(string? codec)
    {
        var services = new ServiceCollection();
        services.AddOptions<ImageLimits>();
        IEnumerable<KeyValuePair<string, string?>> settings = codec is null ? [] : [new("Imaging:Codec", codec)];
        services.AddImaging(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        return services.BuildServiceProvider();
    }
}
