using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.Generation.Composition;

/// <summary>What one view of the person gives to a result.</summary>
/// <param name="Image">The frame that was generated from it.</param>
/// <param name="Detail">What gives the person the photo's own pixels; null where nothing is known of where they come from.</param>
/// <param name="Shares">Its share of every cell of the layer's grid, 0 to 1, row by row.</param>
internal sealed record ViewLayer(RgbImage Image, PhotoDetail? Detail, float[] Shares)
{
    /// <summary>Reads the person's colour at a place in the generated frame.</summary>
    /// <param name="x">Column in pixels of the frame.</param>
    /// <param name="y">Row in pixels of the frame.</param>
    /// <param name="pixel">Overwritten.</param>
    /// <returns>How much of the pixel is the person's and not what is behind them in the photo, 0 to 1.</returns>
    public float Read(double x, double y, Span<byte> pixel)
    {
        Span<byte> detail = stackalloc byte[3];
        BilinearSampling.Read(Image, x, y, pixel);
        if (Detail?.Read(x / Image.Size.Width, y / Image.Size.Height, detail, out var person) is not { } weight || weight <= 0)
        {
            return 1;
        }

        // The photo knows the outline finer than the grid, and what lies behind the person must not come along.
        PixelBlending.Blend(pixel, detail, weight * person);
        return 1 - (weight * (1 - person));
    }
}
