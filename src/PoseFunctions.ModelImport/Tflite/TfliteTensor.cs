namespace PoseFunctions.ModelImport.Tflite;

/// <summary>A tensor of the graph.</summary>
/// <param name="Name">Unique where it is an output; otherwise whatever the converter of TensorFlow made of it.</param>
/// <param name="Type">Element type, which may be one that is not named in <see cref="TfliteType"/>.</param>
/// <param name="Shape">Sizes; images are NHWC, with batches of 1.</param>
/// <param name="Constant">Its values, where the file has them.</param>
internal sealed record TfliteTensor(string Name, TfliteType Type, IReadOnlyList<int> Shape, ConstantTensor? Constant);
