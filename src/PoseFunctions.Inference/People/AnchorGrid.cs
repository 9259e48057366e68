using PoseFunctions.Core.Models;

namespace PoseFunctions.Inference.People;

/// <summary>The places in its input that a detector's boxes are relative to.</summary>
internal static class AnchorGrid
{
    /// <summary>Middles in input pixels, in the order of the boxes. Grids of equal strides that follow each other share their cells.</summary>
    /// <param name="size">Width and height of the input.</param>
    /// <param name="decoder">Strides and anchors a cell.</param>
    public static (float X, float Y)[] Of(int size, DecoderSpecification decoder)
    {
        var anchors = new List<(float X, float Y)>();
        var strides = decoder.Strides!;
        for (int at = 0, equal; at < strides.Count; at += equal)
        {
            equal = strides.Skip(at).TakeWhile(stride => stride == strides[at]).Count();
            var cells = (size + strides[at] - 1) / strides[at];
            for (var cell = 0; cell < cells * cells; cell++)
            {
                var middle = (((cell % cells) + 0.5f) * size / cells, ((cell / cells) + 0.5f) * size / cells);
                anchors.AddRange(Enumerable.Repeat(middle, equal * decoder.AnchorsPerCell!.Value));
            }
        }

        return [.. anchors];
    }
}
