namespace PoseFunctions.Inference.Sessions;

/// <summary>Memory that a run reads an input from or writes an output to.</summary>
/// <param name="Name">The tensor's name in the graph.</param>
/// <param name="Shape">Sizes of the axes, outermost first.</param>
/// <param name="Data">As many elements as the shape has, row-major; not touched by others until the run ends.</param>
public readonly record struct TensorBinding(string Name, ReadOnlyMemory<long> Shape, Memory<float> Data);
