using PoseFunctions.Core.Images;

namespace PoseFunctions.Imaging.ContactSheets;

/// <summary>
/// Draws source images, target poses and results in one picture. A row has the target poses as skeletons above, and below
/// them the source image followed by the results.
/// </summary>
public sealed class ContactSheet(IImageCodec codec)
{
    private const int Gap = 8;
    private const int LabelHeight = 18;
    private const byte Paper = 24;
    private const byte Blank = 40;

    /// <summary>Size of one tile in pixels; pictures are fitted into it with their aspect ratio kept.</summary>
    public ImageSize Tile { get; init; } = new(160, 214);

    /// <summary>Draws the sheet.</summary>
    /// <returns>An image that the caller disposes.</returns>
    /// <exception cref="ArgumentException">There are no rows.</exception>
    public RgbImage Render(IReadOnlyList<ContactSheetRow> rows)
    {
        if (rows.Count == 0)
        {
            throw new ArgumentException("A contact sheet needs at least one row.", nameof(rows));
        }

        var columns = 1 + rows.Max(row => row.Cells.Count);
        var sheet = RgbImage.Rent(new(Gap + (columns * (Tile.Width + Gap)), Gap + (rows.Count * RowHeight)));
        sheet.Pixels.Fill(Paper);
        for (var i = 0; i < rows.Count; i++)
        {
            Draw(sheet, rows[i], Gap + (i * RowHeight));
        }

        return sheet;
    }

    private int RowHeight => (2 * (Tile.Height + Gap)) + LabelHeight;

    private void Draw(RgbImage sheet, ContactSheetRow row, int top)
    {
        var pictures = top + Tile.Height + Gap;
        var labels = pictures + Tile.Height;
        DrawPicture(sheet, row.Source, Gap, pictures);
        LabelPainter.Draw(sheet, row.Label, new(Gap, labels, Tile.Width, LabelHeight));
        for (var i = 0; i < row.Cells.Count; i++)
        {
            var cell = row.Cells[i];
            var left = Gap + ((i + 1) * (Tile.Width + Gap));
            var area = new PixelRectangle(left, top, Tile.Width, Tile.Height);
            Fill(sheet, area);
            SkeletonPainter.Draw(sheet, cell.TargetPose, cell.PoseFrame, area);
            DrawPicture(sheet, cell.Result, left, pictures);
            LabelPainter.Draw(sheet, cell.Label, new(left, labels, Tile.Width, LabelHeight));
        }
    }

    private void DrawPicture(RgbImage sheet, RgbImage? picture, int left, int top)
    {
        if (picture is null)
        {
            Fill(sheet, new(left, top, Tile.Width, Tile.Height));
            return;
        }

        var content = new Letterbox(picture.Size, Tile).Content;
        using var fitted = codec.Resize(picture, new(content.Width, content.Height));
        for (var y = 0; y < content.Height; y++)
        {
            fitted.Row(y).CopyTo(sheet.Row(top + content.Y + y)[(3 * (left + content.X))..]);
        }
    }

    private static void Fill(RgbImage sheet, PixelRectangle area)
    {
        for (var y = area.Y; y < area.Y + area.Height; y++)
        {
            sheet.Row(y).Slice(3 * area.X, 3 * area.Width).Fill(Blank);
        }
    }
}
