using System.Runtime.InteropServices;
using PoseFunctions.Inference.Tensors;

namespace PoseFunctions.Inference.Native;

/// <summary>The declared type of one input or output.</summary>
internal sealed unsafe class OrtTypeInfo(nint created) : OrtHandle(OrtEntry.ReleaseTypeInfo, created)
{
    /// <summary>Element type and axes, or <see langword="null"/> for what is not a tensor (a sequence, a map).</summary>
    public (TensorElementType Type, IReadOnlyList<TensorAxis> Axes)? ReadTensor()
    {
        using var type = Lease();
        nint tensor; // belongs to the type
        OrtApi.Check(((delegate* unmanaged<nint, nint*, nint>)OrtApi.Entry(OrtEntry.CastTypeInfoToTensorInfo))(type.Pointer, &tensor));
        if (tensor == 0)
        {
            return null;
        }

        int element;
        nuint rank;
        OrtApi.Check(((delegate* unmanaged<nint, int*, nint>)OrtApi.Entry(OrtEntry.GetTensorElementType))(tensor, &element));
        OrtApi.Check(((delegate* unmanaged<nint, nuint*, nint>)OrtApi.Entry(OrtEntry.GetDimensionsCount))(tensor, &rank));
        var sizes = new long[rank];
        var symbols = new nint[rank];
        fixed (long* size = sizes)
        fixed (nint* symbol = symbols)
        {
            OrtApi.Check(((delegate* unmanaged<nint, long*, nuint, nint>)OrtApi.Entry(OrtEntry.GetDimensions))(tensor, size, rank));
            OrtApi.Check(((delegate* unmanaged<nint, nint*, nuint, nint>)OrtApi.Entry(OrtEntry.GetSymbolicDimensions))(tensor, symbol, rank));
        }

        var axes = sizes.Zip(symbols, (size, symbol) =>
            size >= 0 ? TensorAxis.Of(size) : TensorAxis.Named(Marshal.PtrToStringUTF8(symbol) ?? string.Empty));
        return ((TensorElementType)element, [.. axes]);
    }
}
