using System.Diagnostics;
using PoseFunctions.Core.Images;
using PoseFunctions.Imaging.Native;

namespace PoseFunctions.Imaging.Encoders;

/// <summary>sRGB pixels to a file without metadata, except the provenance mark when one is asked for.</summary>
internal static class ImageEncoder
{
    private const string XmpField = "xmp-data";
    private const int Av1 = 4;

    // 0 is fastest, 9 smallest. Above this the time doubles for a few per cent of size.
    private const int AvifEffort = 2;

    public static byte[] Encode(RgbImage image, EncodeOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Quality, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Quality, 100, nameof(options));
        using var pinned = new PinnedMemory(image.Memory);
        using var pixels = VipsImage.FromPixels(pinned, image.Size.Width, image.Size.Height, Resampler.Channels);
        using var copy = new VipsOperation("copy").With("in", pixels).With("interpretation", (int)VipsInterpretation.Srgb);
        using var srgb = copy.RunForImage();
        var packet = options.Provenance is null ? null : ProvenancePacket.Write(options.Provenance);
        if (options.Format == ImageFormat.Png)
        {
            using var savePng = Saver(srgb, options, VipsKeep.None);
            var png = savePng.RunForBytes();
            return packet is null ? png : PngXmpChunk.Insert(png, packet);
        }

        if (packet is not null)
        {
            srgb.SetMetadata(XmpField, packet);
        }

        using var save = Saver(srgb, options, packet is null ? VipsKeep.None : VipsKeep.Xmp);
        return save.RunForBytes();
    }

    private static VipsOperation Saver(VipsImage image, EncodeOptions options, VipsKeep keep)
    {
        return options.Format switch
        {
            ImageFormat.Jpeg => To("jpegsave_buffer").With("Q", options.Quality).With("optimize-coding", true),
            ImageFormat.Png => To("pngsave_buffer"),
            ImageFormat.WebP => To("webpsave_buffer").With("Q", options.Quality),
            ImageFormat.Avif => To("heifsave_buffer")
                .With("Q", options.Quality).With("compression", Av1).With("effort", AvifEffort).With("bitdepth", 8),
            _ => throw new UnreachableException(),
        };

        VipsOperation To(string saver) => new VipsOperation(saver).With("in", image).With("keep", (int)keep);
    }
}
