using System.Runtime.InteropServices;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;

namespace PoseFunctions.Imaging.ImageSharp;

/// <summary>How ImageSharp is used: three formats, one thread an image.</summary>
internal static class SharpLibrary
{
    // Requests run side by side already: one thread an image keeps the cores busy and memory predictable.
    public static readonly Configuration Configuration =
        new(new JpegConfigurationModule(), new PngConfigurationModule(), new WebpConfigurationModule()) { MaxDegreeOfParallelism = 1 };

    /// <summary>The one decoder of a format.</summary>
    /// <exception cref="RejectedException">ImageSharp does not read the format.</exception>
    public static ImageDecoder DecoderOf(ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => JpegDecoder.Instance,
        ImageFormat.Png => PngDecoder.Instance,
        ImageFormat.WebP => WebpDecoder.Instance,
        _ => throw Unsupported(format, "read"),
    };

    /// <summary>The refusal of a format that only the other codec knows.</summary>
    public static RejectedException Unsupported(ImageFormat format, string verb) => new(
        FailureCodes.ImageFormatUnsupported,
        $"This service runs with the codec ImageSharp, which cannot {verb} {format.MediaType()}; use JPEG, PNG or WebP.");

    /// <summary>Options that decode one frame with our configuration.</summary>
    public static DecoderOptions Options(Size? target = null) =>
        new() { Configuration = Configuration, MaxFrames = 1, TargetSize = target };

    /// <summary>The bytes as a stream, without a copy where they are an array.</summary>
    public static MemoryStream Open(ReadOnlyMemory<byte> encoded) => MemoryMarshal.TryGetArray(encoded, out var array)
        ? new(array.Array!, array.Offset, array.Count, writable: false)
        : new(encoded.ToArray(), writable: false);
}
