using PoseFunctions.ModelImport.Tflite;

namespace PoseFunctions.ModelImport.Conversion.Operators;

/// <summary>The parameters of an operator that slides a window over an image; they begin alike in all option tables of the schema.</summary>
/// <param name="Options">The table; null where all have their defaults.</param>
/// <param name="Activation">Number of the field with the activation.</param>
/// <param name="Dilation">Number of the field with the horizontal dilation, the vertical one's being the next; null without dilation.</param>
internal sealed record Window(FlatTable? Options, int Activation, int? Dilation = null)
{
    public int Padding => Options?.Byte(0) ?? 0;

    public (int Height, int Width) Step => (Positive(2, 0), Positive(1, 0));

    public int Activated => Options?.Byte(Activation) ?? 0;

    public (int Height, int Width) Dilated => Dilation is { } first ? (Positive(first + 1, 1), Positive(first, 1)) : (1, 1);

    /// <summary>How many pixels a kernel reaches over.</summary>
    public (int Height, int Width) Grow((int Height, int Width) kernel) =>
        (((kernel.Height - 1) * Dilated.Height) + 1, ((kernel.Width - 1) * Dilated.Width) + 1);

    private int Positive(int field, int absent) => Options?.Number(field, absent) is > 0 and var number
        ? number
        : throw new ModelImportException("The model has an operator whose window moves by less than a pixel.");
}
