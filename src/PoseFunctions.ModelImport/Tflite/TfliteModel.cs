namespace PoseFunctions.ModelImport.Tflite;

/// <summary>The graph of a TensorFlow Lite model.</summary>
/// <param name="Tensors">All of them; others refer to them by index.</param>
/// <param name="Operators">In an order in which they can be computed.</param>
/// <param name="Inputs">Indices of tensors.</param>
/// <param name="Outputs">Indices of tensors.</param>
internal sealed record TfliteModel(
    IReadOnlyList<TfliteTensor> Tensors, IReadOnlyList<TfliteOperator> Operators, IReadOnlyList<int> Inputs, IReadOnlyList<int> Outputs)
{
    /// <summary>Index of the one tensor with a name.</summary>
    /// <exception cref="ModelImportException">There is none, or there are several.</exception>
    public int Find(string name)
    {
        var found = Enumerable.Range(0, Tensors.Count).Where(index => Tensors[index].Name == name).ToList();
        return found is [var index] ? index : throw new ModelImportException($"The model has {found.Count} tensors named '{name}'; one is needed.");
    }
}
