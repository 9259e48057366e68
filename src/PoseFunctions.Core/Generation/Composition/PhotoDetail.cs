using PoseFunctions.Core.Generation.Rendering;
using PoseFunctions.Core.Generation.Views;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;

namespace PoseFunctions.Core.Generation.Composition;

/// <summary>The source photo's own pixels, carried to where the same surface lies in a generated frame.</summary>
/// <param name="flow">Where each cell of the generated frame comes from.</param>
/// <param name="source">Where the source frame lies in the photo.</param>
/// <param name="photo">The photo, at any size; not disposed with this.</param>
/// <param name="parsed">What was found in it.</param>
internal sealed class PhotoDetail(SurfaceFlow flow, FramePlacement source, RgbImage photo, ParsedPhoto parsed)
{
    /// <summary>
    /// Neighbouring cells whose sources lie more cells apart than this are different parts of the body: their middle is nothing.
    /// </summary>
    private const float Tear = 3.5f;

    /// <summary>Between these probabilities the photo's pixels take over from the generated ones.</summary>
    private const float Doubtful = ViewChoice.Unseen;
    private const float Certain = 0.65f;

    private readonly float[] silhouette = [.. parsed.Person.Segmentation.Labels.Select(label => label == 0 ? 0f : 1f)];

    /// <summary>Reads the photo's pixel for a place in the generated frame.</summary>
    /// <param name="across">The place as a fraction of the frame's width.</param>
    /// <param name="down">The place as a fraction of the frame's height.</param>
    /// <param name="pixel">Overwritten where the weight is above 0.</param>
    /// <param name="person">How much of the pixel is the person's and not what is behind them, 0 to 1.</param>
    /// <returns>How much it counts against the generated pixel, 0 to 1.</returns>
    public float Read(double across, double down, Span<byte> pixel, out float person)
    {
        person = 0;
        var seen = BilinearSampling.Read(flow.Visibility, flow.Size, across * flow.Size.Width, down * flow.Size.Height);
        if (seen <= Doubtful)
        {
            return 0;
        }

        var (u, v) = Source(across * flow.Size.Width, down * flow.Size.Height);
        var (x, y) = source.ToPhoto(u * source.Frame.Width, v * source.Frame.Height);
        var photoSize = parsed.PhotoSize;
        if (x < 0 || y < 0 || x >= photoSize.Width || y >= photoSize.Height)
        {
            return 0;
        }

        BilinearSampling.Read(photo, x * photo.Size.Width / photoSize.Width, y * photo.Size.Height / photoSize.Height, pixel);
        var (column, row) = parsed.Person.Square.FromPhoto(x, y);
        var map = parsed.Person.Segmentation.Size;
        person = BilinearSampling.Read(silhouette, map, column * map.Width, row * map.Height);
        var share = Math.Clamp((seen - Doubtful) / (Certain - Doubtful), 0, 1);
        return share * share * (3 - (2 * share));
    }

    /// <summary>The source of a place between cells: weighed from those of the four nearest that lie on the same part of the body.</summary>
    private (double U, double V) Source(double x, double y)
    {
        var (width, height) = (flow.Size.Width, flow.Size.Height);
        var (centredX, centredY) = (Math.Clamp(x - 0.5, 0, width - 1), Math.Clamp(y - 0.5, 0, height - 1));
        var (column, row) = ((int)centredX, (int)centredY);
        var nearest = (Math.Min((int)(centredY + 0.5), height - 1) * width) + Math.Min((int)(centredX + 0.5), width - 1);
        var tear = Tear * ((1f / width) + (1f / height));
        double u = 0, v = 0, total = 0;
        for (var cornerRow = row; cornerRow <= Math.Min(row + 1, height - 1); cornerRow++)
        {
            for (var cornerColumn = column; cornerColumn <= Math.Min(column + 1, width - 1); cornerColumn++)
            {
                var cell = (cornerRow * width) + cornerColumn;
                var weight = (1 - Math.Abs(centredX - cornerColumn)) * (1 - Math.Abs(centredY - cornerRow));
                if (weight > 0 && Math.Abs(flow.X[cell] - flow.X[nearest]) + Math.Abs(flow.Y[cell] - flow.Y[nearest]) <= tear)
                {
                    (u, v, total) = (u + (weight * flow.X[cell]), v + (weight * flow.Y[cell]), total + weight);
                }
            }
        }

        return (u / total, v / total);
    }
}
