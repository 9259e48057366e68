using Microsoft.Extensions.Options;
using PoseFunctions.Core.Images;
using PoseFunctions.Imaging.ImageSharp;

namespace PoseFunctions.Imaging.Tests.ImageSharp;

public sealed class ImageSharpCodecTests : ImageCodecContract
{
    protected override IImageCodec Create(ImageLimits limits) => new ImageSharpCodec(Options.Create(limits));

    protected override bool Handles(ImageFormat format) => format != ImageFormat.Avif;
}
