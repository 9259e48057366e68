using PoseFunctions.Core.Models;

namespace PoseFunctions.Benchmarks.Transfers;

/// <summary>How long one run of a bare graph took.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Kind">What the model does.</param>
/// <param name="Milliseconds">Of one item.</param>
internal sealed record GraphTime(string Model, ModelKind Kind, double Milliseconds);
