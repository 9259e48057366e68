using System.Diagnostics;
using NetVips;
using PoseFunctions.Core.Images;

namespace PoseFunctions.Imaging.Encoders;

/// <summary>sRGB pixels to a file without metadata, except the provenance mark when one is asked for.</summary>
internal static class ImageEncoder
{
    private const string XmpField = "xmp-data";

    // 0 is fastest, 9 smallest. Above this the time doubles for a few per cent of size.
    private const int AvifEffort = 2;

    public static byte[] Encode(RgbImage image, EncodeOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Quality, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Quality, 100, nameof(options));
        if (options.Opacity is not null)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(options.Opacity.Length, image.Size.Pixels, nameof(options));
        }

        using var pixels = Pixels.Wrap(image);
        using var opacity = options.Opacity is { } plane ? Pixels.WrapPlane(plane, image.Size) : null;
        using var joined = opacity is null ? pixels.Copy() : pixels.Bandjoin(opacity);
        using var srgb = joined.Copy(interpretation: Enums.Interpretation.Srgb);
        if (options.Provenance is null)
        {
            return Save(srgb, options, Enums.ForeignKeep.None);
        }

        var packet = ProvenancePacket.Write(options.Provenance);
        if (options.Format == ImageFormat.Png)
        {
            return PngXmpChunk.Insert(Save(srgb, options, Enums.ForeignKeep.None), packet);
        }

        using var marked = srgb.Mutate(mutable => mutable.Set(GValue.BlobType, XmpField, packet));
        return Save(marked, options, Enums.ForeignKeep.Xmp);
    }

    private static byte[] Save(Image image, EncodeOptions options, Enums.ForeignKeep keep) => options.Format switch
    {
        ImageFormat.Jpeg => image.JpegsaveBuffer(q: options.Quality, optimizeCoding: true, keep: keep),
        ImageFormat.Png => image.PngsaveBuffer(keep: keep),
        ImageFormat.WebP => image.WebpsaveBuffer(q: options.Quality, keep: keep),
        ImageFormat.Avif => image.HeifsaveBuffer(
            q: options.Quality, bitdepth: 8, compression: Enums.ForeignHeifCompression.Av1, effort: AvifEffort, keep: keep),
        _ => throw new UnreachableException(),
    };
}
