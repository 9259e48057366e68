namespace PoseFunctions.Simulation.Inputs;

/// <summary>How long the generator takes for one batch.</summary>
/// <param name="Size">Images in the batch.</param>
/// <param name="Seconds">Median time of its run.</param>
internal sealed record BatchMeasurement(int Size, double Seconds);
