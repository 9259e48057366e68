namespace PoseFunctions.ModelImport.Conversion;

/// <summary>A tensor that becomes an output of the converted graph, whether or not it was one.</summary>
/// <param name="Tensor">Its name in the TensorFlow Lite model.</param>
/// <param name="Name">The output's name.</param>
internal sealed record WantedOutput(string Tensor, string Name);
