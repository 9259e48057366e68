using PoseFunctions.Core.Images;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Core.Generation.Rendering;

/// <summary>A photo as a generator sees it: letterboxed to the native size. Disposes its image.</summary>
public sealed class TransferFrame : IDisposable
{
    private TransferFrame(FramePlacement placement, RgbImage image)
    {
        Placement = placement;
        Image = image;
    }

    /// <summary>The frame, at the generator's native size.</summary>
    public RgbImage Image { get; }

    /// <summary>Size at which the photo's content lies in the frame.</summary>
    public ImageSize ContentSize => new(Placement.Box.Content.Width, Placement.Box.Content.Height);

    /// <summary>Where the photo lies in the frame.</summary>
    internal FramePlacement Placement { get; }

    /// <summary>Fits <paramref name="working"/>, a copy of the photo of any size, into the frame.</summary>
    public static TransferFrame Create(IImageCodec codec, RgbImage working, ImageSize photo, ImageSize native)
    {
        ArgumentNullException.ThrowIfNull(working);
        var box = new Letterbox(working.Size, native);
        return new(new(photo, box), LetterboxPainter.Fit(codec, working, box));
    }

    /// <summary>A pose in photo pixels as a pose in the frame.</summary>
    public Pose ToFrame(Pose pose)
    {
        ArgumentNullException.ThrowIfNull(pose);
        return Placement.ToFrame(pose);
    }

    /// <summary>A place in the frame as a place in photo pixels, outside the photo where padding is.</summary>
    public (double X, double Y) ToPhoto(double x, double y) => Placement.ToPhoto(x, y);

    /// <summary>Cuts the photo's part out of a generated frame and brings it to the output size.</summary>
    public RgbImage CutOut(IImageCodec codec, RgbImage generated, ImageSize output) =>
        LetterboxPainter.Restore(codec, generated, Placement.Box, output);

    /// <inheritdoc/>
    public void Dispose() => Image.Dispose();
}
