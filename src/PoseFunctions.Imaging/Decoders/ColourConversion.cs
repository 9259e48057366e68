using NetVips;

namespace PoseFunctions.Imaging.Decoders;

/// <summary>Whatever a photo's pixels are (grey, CMYK, 16-bit, with a profile, with alpha) to opaque 8-bit sRGB.</summary>
internal static class ColourConversion
{
    private const string ProfileField = "icc-profile-data";
    private const string Srgb = "srgb";
    private const string Press = "cmyk";

    /// <summary>Lays the image over white, in its own colour space; without alpha nothing changes.</summary>
    public static Image FlattenOnWhite(Image image)
    {
        double white = image.Format == Enums.BandFormat.Ushort ? ushort.MaxValue : byte.MaxValue;
        return image.HasAlpha() ? image.Flatten(background: [white]) : image.Copy();
    }

    /// <summary>Converts by the embedded profile where there is a usable one, else by what the channels usually mean.</summary>
    /// <exception cref="VipsException">The pixels cannot be converted to sRGB.</exception>
    public static Image ToSrgb(Image image)
    {
        if (image.Contains(ProfileField) && TryConvertByProfile(image) is { } converted)
        {
            return converted;
        }

        // CMYK has no meaning without a profile; the library carries a common press profile for untagged files.
        return image.Interpretation == Enums.Interpretation.Cmyk
            ? image.IccTransform(Srgb, inputProfile: Press, depth: 8)
            : ConvertByInterpretation(image);
    }

    // A broken or mismatched profile is common in the wild and no reason to refuse the photo.
    private static Image? TryConvertByProfile(Image image)
    {
        try
        {
            var fallback = image.Interpretation == Enums.Interpretation.Cmyk ? Press : null;
            return image.IccTransform(Srgb, embedded: true, inputProfile: fallback, depth: 8);
        }
        catch (VipsException)
        {
            return null;
        }
    }

    private static Image ConvertByInterpretation(Image image)
    {
        using var srgb = image.Colourspace(Enums.Interpretation.Srgb);
        return srgb.Cast(Enums.BandFormat.Uchar);
    }
}
