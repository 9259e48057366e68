using PoseFunctions.Core.Images;
using PoseFunctions.Core.Models;

namespace PoseFunctions.Inference.Tensors;

/// <summary>A rectangle in continuous photo coordinates, which may reach beyond the photo, that a model sees as its input.</summary>
public readonly record struct PhotoRegion(double X, double Y, double Width, double Height)
{
    /// <summary>The region that shows the whole photo.</summary>
    public static PhotoRegion Whole(ImageSize photo, ImageSize frame, PhotoFit fit)
    {
        if (fit == PhotoFit.Stretch)
        {
            return new(0, 0, photo.Width, photo.Height);
        }

        var letterbox = new Letterbox(photo, frame);
        var (scaleX, scaleY) = letterbox.Scale;
        return new(-letterbox.Content.X / scaleX, -letterbox.Content.Y / scaleY, frame.Width / scaleX, frame.Height / scaleY);
    }

    /// <summary>Position in the photo of a fraction of the region.</summary>
    public (float X, float Y) ToPhoto(double x, double y) => ((float)(X + (x * Width)), (float)(Y + (y * Height)));
}
