using PoseFunctions.Core.Images;
using PoseFunctions.Imaging.Native;

namespace PoseFunctions.Imaging.Tests;

/// <summary>Files of the kinds that the service never writes but receives, made with the native library directly.</summary>
internal static class PhotoFiles
{
    private const int KeepAll = 31;

    public static byte[] Cmyk(RgbImage picture, bool withProfile) => Make(
        picture,
        image => Step(image, "icc_transform", step => step.With("output-profile", "cmyk").With("input-profile", "srgb")),
        "jpegsave_buffer",
        withProfile);

    public static byte[] DisplayP3(RgbImage picture, bool withProfile) => Make(
        picture,
        image => Step(image, "icc_transform", step => step.With("output-profile", "p3").With("input-profile", "srgb")),
        "pngsave_buffer",
        withProfile);

    public static byte[] SixteenBit(RgbImage picture) => Make(
        picture,
        image => Step(image, "colourspace", step => step.With("space", (int)VipsInterpretation.Rgb16)),
        "pngsave_buffer");

    public static byte[] Grey(RgbImage picture) => Make(
        picture,
        image => Step(image, "colourspace", step => step.With("space", (int)VipsInterpretation.Grey)),
        "jpegsave_buffer");

    public static byte[] WithAlpha(RgbImage picture, double alpha) => Make(
        picture, image => Step(image, "bandjoin_const", step => step.With("c", [alpha])), "pngsave_buffer");

    public static byte[] WithBrokenProfile(RgbImage picture) => Make(
        picture, image => Tagged(image, tagged => tagged.SetMetadata("icc-profile-data", "no profile"u8)), "jpegsave_buffer");

    /// <summary>The picture cut into frames from top to bottom.</summary>
    public static byte[] AnimatedWebP(RgbImage picture, int frames) => Make(
        picture,
        image => Tagged(image, tagged => tagged.SetMetadata("page-height", picture.Size.Height / frames)),
        "webpsave_buffer");

    private static byte[] Make(
        RgbImage picture, Func<VipsImage, VipsImage> change, string saver, bool keepMetadata = true)
    {
        using var pinned = new PinnedMemory(picture.Memory);
        using var pixels = VipsImage.FromPixels(pinned, picture.Size.Width, picture.Size.Height, 3);
        using var changed = change(pixels);
        using var save = new VipsOperation(saver).With("in", changed).With("keep", keepMetadata ? KeepAll : 0);
        return save.RunForBytes();
    }

    private static VipsImage Step(VipsImage image, string name, Action<VipsOperation> arguments)
    {
        using var operation = new VipsOperation(name).With("in", image);
        arguments(operation);
        return operation.RunForImage();
    }

    private static VipsImage Tagged(VipsImage image, Action<VipsImage> tag)
    {
        var copy = Step(image, "copy", _ => { });
        tag(copy);
        return copy;
    }
}
