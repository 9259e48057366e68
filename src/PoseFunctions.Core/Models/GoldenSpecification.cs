namespace PoseFunctions.Core.Models;

/// <summary>Recorded inputs and outputs of a model, replayed by a test.</summary>
/// <param name="File">Little-endian float32 arrays one after the other.</param>
/// <param name="Tolerance">Largest permitted absolute difference of an output.</param>
/// <param name="Tensors">Every input and output, by name, with shape and byte offset.</param>
public sealed record GoldenSpecification(string File, double Tolerance, IReadOnlyList<GoldenTensor> Tensors);
