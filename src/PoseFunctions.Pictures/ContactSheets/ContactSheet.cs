using PoseFunctions.Core.Images;

namespace PoseFunctions.Pictures.ContactSheets;

/// <summary>
/// Draws source images, target poses and results in one picture. A row is the source image followed by the results; above it
/// stand the target poses as skeletons, unless they are those of the row before.
/// </summary>
public sealed class ContactSheet
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
        bool[] withPoses = [.. rows.Select((row, i) => row.Cells.Count > 0 && (i == 0 || !HaveSamePoses(rows[i - 1], row)))];
        var height = Gap + (rows.Count * PicturesHeight) + (withPoses.Count(shown => shown) * PosesHeight);
        var sheet = RgbImage.Rent(new(Gap + (columns * (Tile.Width + Gap)), height));
        sheet.Pixels.Fill(Paper);
        var top = Gap;
        for (var i = 0; i < rows.Count; i++)
        {
            if (withPoses[i])
            {
                DrawPoses(sheet, rows[i], top);
                top += PosesHeight;
            }

            DrawPictures(sheet, rows[i], top);
            top += PicturesHeight;
        }

        return sheet;
    }

    private int PosesHeight => Tile.Height + Gap;

    private int PicturesHeight => Tile.Height + Gap + LabelHeight;

    private static bool HaveSamePoses(ContactSheetRow one, ContactSheetRow other) =>
        one.Cells.Select(cell => (cell.TargetPose, cell.PoseFrame)).SequenceEqual(other.Cells.Select(cell => (cell.TargetPose, cell.PoseFrame)));

    private int LeftOf(int cell) => Gap + ((cell + 1) * (Tile.Width + Gap));

    private void DrawPoses(RgbImage sheet, ContactSheetRow row, int top)
    {
        foreach (var (index, cell) in row.Cells.Index())
        {
            var area = new PixelRectangle(LeftOf(index), top, Tile.Width, Tile.Height);
            Fill(sheet, area);
            SkeletonPainter.Draw(sheet, cell.TargetPose, cell.PoseFrame, area);
        }
    }

    private void DrawPictures(RgbImage sheet, ContactSheetRow row, int top)
    {
        var labels = top + Tile.Height;
        DrawPicture(sheet, row.Source, Gap, top);
        LabelPainter.Draw(sheet, row.Label, new(Gap, labels, Tile.Width, LabelHeight));
        foreach (var (index, cell) in row.Cells.Index())
        {
            DrawPicture(sheet, cell.Result, LeftOf(index), top);
            LabelPainter.Draw(sheet, cell.Label, new(LeftOf(index), labels, Tile.Width, LabelHeight));
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
        using var fitted = PictureFile.Resize(picture, new(content.Width, content.Height));
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
