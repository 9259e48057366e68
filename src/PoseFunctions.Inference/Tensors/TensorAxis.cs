using System.Globalization;

namespace PoseFunctions.Inference.Tensors;

/// <summary>One axis of a declared shape: a fixed size, or a name for a size that varies from run to run.</summary>
/// <param name="Size">The size, or -1 where it varies.</param>
/// <param name="Symbol">The varying axis's name (may be empty), or <see langword="null"/> where the size is fixed.</param>
public readonly record struct TensorAxis(long Size, string? Symbol)
{
    public bool IsFixed => Symbol is null;

    public static TensorAxis Of(long size) => new(size, null);

    public static TensorAxis Named(string symbol) => new(-1, symbol);

    public override string ToString() => Symbol is null ? Size.ToString(CultureInfo.InvariantCulture) : Symbol.Length > 0 ? Symbol : "?";
}
