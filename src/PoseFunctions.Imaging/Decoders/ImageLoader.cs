using System.Diagnostics;
using NetVips;
using PoseFunctions.Core.Images;

namespace PoseFunctions.Imaging.Decoders;

/// <summary>Opens a file with the one loader of its format. Only the header is read until pixels are asked for.</summary>
internal static class ImageLoader
{
    private const Enums.Access TopToBottom = Enums.Access.Sequential;
    private const Enums.FailOn FailOn = Enums.FailOn.Error;

    // What is left to warn of in a JPEG when its pixels are decoded is their loss: see StrictJpeg.
    private const Enums.FailOn FailOnLoss = Enums.FailOn.Warning;

    public static Image Open(Source encoded, ImageFormat format, Shrink shrink) => format switch
    {
        ImageFormat.Jpeg => Image.JpegloadSource(encoded, shrink: shrink.Factor, access: TopToBottom, failOn: FailOnLoss),
        ImageFormat.Png => Image.PngloadSource(encoded, access: TopToBottom, failOn: FailOn),
        ImageFormat.WebP => Image.WebploadSource(encoded, scale: 1.0 / shrink.Factor, access: TopToBottom, failOn: FailOn),
        ImageFormat.Avif => Image.HeifloadSource(encoded, access: TopToBottom, failOn: FailOn),
        _ => throw new UnreachableException(),
    };
}
