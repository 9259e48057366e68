using NetVips;

namespace PoseFunctions.Imaging.Decoders.Colour;

/// <summary>Whatever a photo's pixels are (grey, CMYK, 16-bit, with a profile, with alpha) to opaque 8-bit sRGB.</summary>
internal static class ColourConversion
{
    private const string ProfileField = "icc-profile-data";
    private const string Srgb = "srgb";
    private const string P3 = "p3";
    private const string Press = "cmyk";

    /// <summary>Lays the image over white, in its own colour space; without alpha nothing changes.</summary>
    public static Image FlattenOnWhite(Image image)
    {
        double white = image.Format == Enums.BandFormat.Ushort ? ushort.MaxValue : byte.MaxValue;
        return image.HasAlpha() ? image.Flatten(background: [white]) : image.Copy();
    }

    /// <summary>Converts by what the file says of its colours where that is usable, else by what the channels usually mean.</summary>
    /// <param name="image">Opaque pixels.</param>
    /// <param name="signalled">The file's code points, which overrule its profile; null where it has none.</param>
    /// <exception cref="VipsException">The pixels cannot be converted to sRGB.</exception>
    public static Image ToSrgb(Image image, Cicp? signalled)
    {
        if (signalled is { IsDisplayP3: true } && TryConvert(image, embedded: false, P3) is { } fromScreen)
        {
            return fromScreen;
        }

        // CMYK has no meaning without a profile; the library carries a common press profile for untagged files.
        var press = image.Interpretation == Enums.Interpretation.Cmyk ? Press : null;
        if (signalled is null && image.Contains(ProfileField) && TryConvert(image, embedded: true, press) is { } converted)
        {
            return converted;
        }

        return press is null ? ConvertByInterpretation(image) : image.IccTransform(Srgb, inputProfile: press, depth: 8);
    }

    // A broken or mismatched profile is common in the wild and no reason to refuse the photo.
    private static Image? TryConvert(Image image, bool embedded, string? profile)
    {
        try
        {
            return image.IccTransform(Srgb, embedded: embedded, inputProfile: profile, depth: 8);
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
