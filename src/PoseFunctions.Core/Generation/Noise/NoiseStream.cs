namespace PoseFunctions.Core.Generation.Noise;

/// <summary>Which noise an image gets: the same pair, the same numbers, wherever and beside whatever else it is generated.</summary>
/// <param name="Seed">The job's seed.</param>
/// <param name="Stream">The target's index in the job, so that its images differ.</param>
public readonly record struct NoiseStream(ulong Seed, uint Stream);
