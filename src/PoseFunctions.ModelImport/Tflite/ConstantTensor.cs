using System.Runtime.InteropServices;

namespace PoseFunctions.ModelImport.Tflite;

/// <summary>A tensor whose values are known while the graph is converted.</summary>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Sizes.</param>
/// <param name="Bytes">Little-endian values, the last axis changing fastest.</param>
internal sealed record ConstantTensor(TfliteType Type, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Bytes)
{
    public int Rank => Shape.Count;

    public static int SizeOf(TfliteType type) => type == TfliteType.Float16 ? 2 : 4;

    /// <summary>Null where the bytes are not as many as the shape needs.</summary>
    public static ConstantTensor? Of(TfliteType type, IReadOnlyList<int> shape, byte[] bytes) =>
        shape.Aggregate((long)SizeOf(type), (product, size) => product * size) == bytes.Length ? new(type, shape, bytes) : null;

    public static ConstantTensor Of(params IReadOnlyList<float> values) => new(TfliteType.Float32, [values.Count], ToBytes<float>([.. values]));

    public static byte[] ToBytes<T>(T[] values)
        where T : unmanaged => MemoryMarshal.AsBytes<T>(values).ToArray();

    /// <summary>The values of a tensor of <see cref="TfliteType.Int32"/>.</summary>
    public int[] Integers() => MemoryMarshal.Cast<byte, int>(Bytes.Span).ToArray();

    /// <summary>The same elements in other shape.</summary>
    public ConstantTensor Reshape(params IReadOnlyList<int> shape) => this with { Shape = shape };

    /// <summary>With axes in another order: axis <c>i</c> of the result is axis <c>order[i]</c> of this tensor.</summary>
    public ConstantTensor Transpose(params IReadOnlyList<int> order)
    {
        var size = SizeOf(Type);
        var strides = new int[Rank];
        for (int axis = Rank - 1, stride = size; axis >= 0; stride *= Shape[axis--])
        {
            strides[axis] = stride;
        }

        var shape = order.Select(axis => Shape[axis]).ToArray();
        var result = new byte[Bytes.Length];
        var place = new int[Rank];
        for (var target = 0; target < result.Length; target += size)
        {
            var source = 0;
            for (var axis = 0; axis < Rank; axis++)
            {
                source += place[axis] * strides[order[axis]];
            }

            Bytes.Span.Slice(source, size).CopyTo(result.AsSpan(target));
            for (var axis = Rank - 1; axis >= 0 && ++place[axis] == shape[axis]; axis--)
            {
                place[axis] = 0;
            }
        }

        return new(Type, shape, result);
    }
}
