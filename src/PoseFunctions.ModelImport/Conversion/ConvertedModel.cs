namespace PoseFunctions.ModelImport.Conversion;

/// <summary>A model in ONNX.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="Input">Sizes of its input without the batch; images are CHW.</param>
/// <param name="Outputs">Sizes of its outputs without the batch, in the order in which they were wanted.</param>
internal sealed record ConvertedModel(byte[] Bytes, IReadOnlyList<int> Input, IReadOnlyList<IReadOnlyList<int>> Outputs);
