using System.Runtime.InteropServices;
using PoseFunctions.Core.Models;

namespace PoseFunctions.Testing;

/// <summary>One input or output of a model's golden pair.</summary>
/// <param name="Shape">Sizes of the axes, outermost first.</param>
/// <param name="Values">Row-major.</param>
public sealed record RecordedTensor(long[] Shape, float[] Values)
{
    /// <summary>Reads every recorded tensor of a model folder, by name.</summary>
    public static IReadOnlyDictionary<string, RecordedTensor> ReadAll(GoldenSpecification golden, string folder)
    {
        var file = File.ReadAllBytes(Path.Combine(folder, golden.File));
        return golden.Tensors.ToDictionary(tensor => tensor.Name, tensor => new RecordedTensor(
            [.. tensor.Shape.Select(size => (long)size)],
            MemoryMarshal.Cast<byte, float>(file.AsSpan((int)tensor.Offset))[..tensor.Shape.Aggregate(1, (a, b) => a * b)].ToArray()));
    }
}
