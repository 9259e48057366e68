using PoseFunctions.Core.Images;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Core.Transfers.Rendering;

/// <summary>
/// A photo as a generator sees it: letterboxed to the native size, the padding continuing the photo's edges. Disposes its image.
/// </summary>
public sealed class TransferFrame : IDisposable
{
    private TransferFrame(Letterbox letterbox, RgbImage image)
    {
        Letterbox = letterbox;
        Image = image;
    }

    /// <summary>Where the photo lies in the frame.</summary>
    public Letterbox Letterbox { get; }

    /// <summary>The frame, at the generator's native size.</summary>
    public RgbImage Image { get; }

    /// <summary>Fits <paramref name="working"/>, a copy of the photo of any size, into the frame.</summary>
    public static TransferFrame Create(IImageCodec codec, RgbImage working, ImageSize photo, ImageSize native)
    {
        ArgumentNullException.ThrowIfNull(codec);
        var letterbox = new Letterbox(photo, native);
        using var content = codec.Resize(working, new(letterbox.Content.Width, letterbox.Content.Height));
        return new(letterbox, Pad(content, letterbox));
    }

    /// <summary>A pose in photo pixels as a pose in the frame.</summary>
    public Pose ToFrame(Pose pose)
    {
        ArgumentNullException.ThrowIfNull(pose);
        return pose.Map(Letterbox.ToFrame);
    }

    /// <summary>Cuts the photo's part out of a generated frame and brings it to the output size.</summary>
    public RgbImage CutOut(IImageCodec codec, RgbImage generated, ImageSize output)
    {
        ArgumentNullException.ThrowIfNull(codec);
        ArgumentNullException.ThrowIfNull(generated);
        using var content = generated.Crop(Letterbox.Content);
        return codec.Resize(content, output);
    }

    /// <inheritdoc/>
    public void Dispose() => Image.Dispose();

    private static RgbImage Pad(RgbImage content, Letterbox letterbox)
    {
        var frame = RgbImage.Rent(letterbox.Frame);
        var area = letterbox.Content;
        for (var y = 0; y < letterbox.Frame.Height; y++)
        {
            var from = content.Row(Math.Clamp(y - area.Y, 0, area.Height - 1));
            var to = frame.Row(y);
            from.CopyTo(to[(3 * area.X)..]);
            Repeat(from[..3], to[..(3 * area.X)]);
            Repeat(from[^3..], to[(3 * (area.X + area.Width))..]);
        }

        return frame;
    }

    private static void Repeat(ReadOnlySpan<byte> pixel, Span<byte> row)
    {
        for (var x = 0; x < row.Length; x += 3)
        {
            pixel.CopyTo(row[x..]);
        }
    }
}
