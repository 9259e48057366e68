using System.Buffers.Binary;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Imaging.Decoders.Avif;
using PoseFunctions.Imaging.Decoders.Png;

namespace PoseFunctions.Imaging.Decoders.Colour;

/// <summary>The code points that a PNG or AVIF names its colours by. libvips hands them out from 8.19 on.</summary>
internal static class SignalledColour
{
    /// <summary>What the file says; null where it says nothing, or something that an ICC profile overrules.</summary>
    /// <exception cref="RejectedException">They are colours that this codec cannot bring to sRGB, such as those of HDR.</exception>
    public static Cicp? Read(ImageFormat format, ReadOnlyMemory<byte> file)
    {
        var said = format switch
        {
            ImageFormat.Png => OfPng(file),
            ImageFormat.Avif => OfAvif(file),
            _ => null,
        };
        return said is null or { IsUnspecified: true } ? null : said is { IsSrgb: true } or { IsDisplayP3: true } ? said : throw new RejectedException(
            FailureCodes.ImageColourUnsupported,
            $"The picture's colours have {said}; sRGB, Display P3 or an embedded ICC profile is expected. Save it for standard screens.");
    }

    // PNG specification, third edition, section 11.3.2.6. It overrules an ICC profile.
    private static Cicp? OfPng(ReadOnlyMemory<byte> file) =>
        PngChunks.Read(file).TakeWhile(chunk => chunk.Type != "IDAT").FirstOrDefault(chunk => chunk.Type == "cICP").Data.Span
            is [var primaries, var transfer, _, var range, ..] ? new(primaries, transfer, range != 0) : null;

    // ISO/IEC 14496-12, section 12.1.5. The decoder undoes matrix and narrow range; an ICC profile says more than code points.
    private static Cicp? OfAvif(ReadOnlyMemory<byte> file)
    {
        var colours = PrimaryItem.PropertiesOf(file).Where(box => box.Type == "colr").Select(box => box.Content).ToArray();
        var points = Array.Find(colours, colour => IsOfKind(colour, "nclx"u8)).Span;
        return points.Length < 11 || Array.Exists(colours, colour => IsOfKind(colour, "prof"u8) || IsOfKind(colour, "rICC"u8))
            ? null
            : new(BinaryPrimitives.ReadUInt16BigEndian(points[4..]), BinaryPrimitives.ReadUInt16BigEndian(points[6..]), IsFullRange: true);
    }

    private static bool IsOfKind(ReadOnlyMemory<byte> colour, ReadOnlySpan<byte> kind) => colour.Span.StartsWith(kind);
}
