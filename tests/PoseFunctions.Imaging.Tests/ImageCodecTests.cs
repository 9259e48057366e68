using Microsoft.Extensions.Options;
using PoseFunctions.Core.Images;

namespace PoseFunctions.Imaging.Tests;

public sealed class ImageCodecTests : ImageCodecContract
{
    protected override IImageCodec Create(ImageLimits limits) => new ImageCodec(Options.Create(limits));
}
