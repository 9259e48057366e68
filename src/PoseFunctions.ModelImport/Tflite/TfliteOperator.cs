namespace PoseFunctions.ModelImport.Tflite;

/// <summary>A step of the graph.</summary>
/// <param name="Code">What it does.</param>
/// <param name="Custom">Its name, where <paramref name="Code"/> is <see cref="BuiltinOperator.Custom"/>; else empty.</param>
/// <param name="Inputs">Indices of tensors; -1 for one that is left out.</param>
/// <param name="Outputs">Indices of tensors.</param>
/// <param name="Options">Its parameters; null where all have their defaults.</param>
internal sealed record TfliteOperator(
    BuiltinOperator Code, string Custom, IReadOnlyList<int> Inputs, IReadOnlyList<int> Outputs, FlatTable? Options)
{
    public override string ToString() => Code == BuiltinOperator.Custom ? $"custom operator '{Custom}'" : $"operator {Code}";
}
