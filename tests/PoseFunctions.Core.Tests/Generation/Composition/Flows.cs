using PoseFunctions.Core.Generation;
using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.Tests.Generation.Composition;

/// <summary>Hand-made flows over a grid of 48 x 64 cells.</summary>
internal static class Flows
{
    public static ImageSize Size { get; } = new(48, 64);

    /// <summary>Every place comes from the same place, moved by a share of the frame.</summary>
    /// <param name="shift">How far to the right its source lies, by column of the grid.</param>
    /// <param name="visibility">How surely the source shows a cell, by column and row.</param>
    /// <param name="person">How surely a cell shows the person.</param>
    public static SurfaceFlow Shifted(
        Func<int, float>? shift = null, Func<int, int, float>? visibility = null, Func<int, int, float>? person = null) => new(
        Size,
        Cells((column, _) => ((column + 0.5f) / Size.Width) + (shift?.Invoke(column) ?? 0)),
        Cells((_, row) => (row + 0.5f) / Size.Height),
        Cells(visibility ?? ((_, _) => 1)),
        Cells(person ?? ((_, _) => 1)));

    private static float[] Cells(Func<int, int, float> value) =>
        [.. Enumerable.Range(0, Size.Width * Size.Height).Select(cell => value(cell % Size.Width, cell / Size.Width))];
}
