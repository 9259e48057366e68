using NetVips;
using PoseFunctions.Core.Images;

namespace PoseFunctions.Imaging.Tests;

/// <summary>Files of the kinds that the service never writes but receives, made with libvips directly.</summary>
internal static class PhotoFiles
{
    public static byte[] Cmyk(RgbImage picture, bool withProfile) => Make(
        picture,
        image => image.IccTransform("cmyk", inputProfile: "srgb"),
        inks => inks.JpegsaveBuffer(keep: withProfile ? Enums.ForeignKeep.All : Enums.ForeignKeep.None));

    public static byte[] DisplayP3(RgbImage picture, bool withProfile) => Make(
        picture,
        image => image.IccTransform("p3", inputProfile: "srgb"),
        wide => wide.PngsaveBuffer(keep: withProfile ? Enums.ForeignKeep.All : Enums.ForeignKeep.None));

    public static byte[] SixteenBit(RgbImage picture) => Make(
        picture, image => image.Colourspace(Enums.Interpretation.Rgb16), deep => deep.PngsaveBuffer());

    public static byte[] DeepAvif(RgbImage picture, int bits) => Make(
        picture,
        image => image.Colourspace(Enums.Interpretation.Rgb16),
        deep => deep.HeifsaveBuffer(q: 95, bitdepth: bits, compression: Enums.ForeignHeifCompression.Av1));

    public static byte[] Grey(RgbImage picture) => Make(
        picture, image => image.Colourspace(Enums.Interpretation.Bw), grey => grey.JpegsaveBuffer());

    public static byte[] WithAlpha(RgbImage picture, double alpha) => Make(
        picture, image => image.BandjoinConst([alpha]), layered => layered.PngsaveBuffer());

    public static byte[] WithBrokenProfile(RgbImage picture) => Make(
        picture,
        image => image.Mutate(mutable => mutable.Set(GValue.BlobType, "icc-profile-data", "no profile"u8.ToArray())),
        tagged => tagged.JpegsaveBuffer());

    /// <summary>The picture cut into frames from top to bottom.</summary>
    public static byte[] AnimatedWebP(RgbImage picture, int frames) => Make(
        picture,
        image => image.Copy(),
        film => film.WebpsaveBuffer(pageHeight: picture.Size.Height / frames));

    private static byte[] Make(RgbImage picture, Func<Image, Image> change, Func<Image, byte[]> save)
    {
        using var pixels = Image.NewFromMemory<byte>(
            picture.Memory, picture.Size.Width, picture.Size.Height, 3, Enums.BandFormat.Uchar);
        using var srgb = pixels.Copy(interpretation: Enums.Interpretation.Srgb);
        using var changed = change(srgb);
        return save(changed);
    }
}
