using PoseFunctions.Imaging.Native;

namespace PoseFunctions.Imaging.Decoders;

/// <summary>Whatever a photo's pixels are (grey, CMYK, 16-bit, with a profile, with alpha) to opaque 8-bit sRGB.</summary>
internal static class ColourConversion
{
    private const string ProfileField = "icc-profile-data";

    /// <summary>Lays the image over white, in its own colour space; without alpha nothing changes.</summary>
    public static VipsImage FlattenOnWhite(VipsImage image)
    {
        if (!image.HasAlpha)
        {
            using var copy = new VipsOperation("copy").With("in", image);
            return copy.RunForImage();
        }

        double white = image.Format == VipsBandFormat.UInt16 ? ushort.MaxValue : byte.MaxValue;
        using var flatten = new VipsOperation("flatten").With("in", image).With("background", [white]);
        return flatten.RunForImage();
    }

    /// <summary>Converts by the embedded profile where there is a usable one, else by what the channels usually mean.</summary>
    /// <exception cref="VipsException">The pixels cannot be converted to sRGB.</exception>
    public static VipsImage ToSrgb(VipsImage image)
    {
        if (image.HasMetadata(ProfileField) && TryConvertByProfile(image) is { } converted)
        {
            return converted;
        }

        // CMYK has no meaning without a profile; the library carries a common press profile for untagged files.
        return image.Interpretation == VipsInterpretation.Cmyk
            ? ConvertByProfile(image, embedded: false)
            : ConvertByInterpretation(image);
    }

    // A broken or mismatched profile is common in the wild and no reason to refuse the photo.
    private static VipsImage? TryConvertByProfile(VipsImage image)
    {
        try
        {
            return ConvertByProfile(image, embedded: true);
        }
        catch (VipsException)
        {
            return null;
        }
    }

    private static VipsImage ConvertByProfile(VipsImage image, bool embedded)
    {
        using var transform = new VipsOperation("icc_transform")
            .With("in", image)
            .With("output-profile", "srgb")
            .With("embedded", embedded)
            .With("depth", 8);
        if (image.Interpretation == VipsInterpretation.Cmyk)
        {
            transform.With("input-profile", "cmyk");
        }

        return transform.RunForImage();
    }

    private static VipsImage ConvertByInterpretation(VipsImage image)
    {
        using var convert = new VipsOperation("colourspace").With("in", image).With("space", (int)VipsInterpretation.Srgb);
        using var srgb = convert.RunForImage();
        using var cast = new VipsOperation("cast").With("in", srgb).With("format", (int)VipsBandFormat.UInt8);
        return cast.RunForImage();
    }
}
