using PoseFunctions.Core.Images;
using PoseFunctions.Imaging.Native;

namespace PoseFunctions.Imaging.Decoders;

/// <summary>Turns pixels upright as EXIF tag 0x0112 says: 1 is upright, 2 to 8 are the mirrors and quarter turns.</summary>
internal static class ExifOrientation
{
    public const int Upright = 1;

    /// <summary>
    /// Takes over <paramref name="stored"/> and returns the upright image. It works on rendered pixels because a quarter turn
    /// needs all rows, which a file that is decoded top to bottom cannot give.
    /// </summary>
    public static RgbImage Apply(RgbImage stored, int orientation)
    {
        using (stored)
        {
            using var pinned = new PinnedMemory(stored.Memory);
            using var pixels = VipsImage.FromPixels(pinned, stored.Size.Width, stored.Size.Height, Resampler.Channels);
            using var copy = new VipsOperation("copy").With("in", pixels);
            using var tagged = copy.RunForImage();
            tagged.SetMetadata("orientation", orientation);
            using var rotate = new VipsOperation("autorot").With("in", tagged);
            using var upright = rotate.RunForImage();
            return Resampler.Render(upright);
        }
    }
}
