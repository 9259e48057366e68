using PoseFunctions.Core.Images;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace PoseFunctions.Imaging.Tests;

/// <summary>What a decoder that shares no code with the codec under test sees in a JPEG, PNG or WebP file.</summary>
internal static class IndependentDecoder
{
    public static RgbImage Decode(byte[] file)
    {
        using var image = Image.Load<Rgb24>(file);
        var pixels = RgbImage.Rent(new(image.Width, image.Height));
        image.CopyPixelDataTo(pixels.Pixels);
        return pixels;
    }

    /// <summary>The opacity of every pixel.</summary>
    public static byte[] Opacity(byte[] file)
    {
        using var image = Image.Load<Rgba32>(file);
        var pixels = new Rgba32[image.Width * image.Height];
        image.CopyPixelDataTo(pixels);
        return [.. pixels.Select(pixel => pixel.A)];
    }
}
