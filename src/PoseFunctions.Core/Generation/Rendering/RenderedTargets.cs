using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Core.Generation.Rendering;

/// <summary>What became of a job's targets, and how long it took.</summary>
/// <param name="Targets">Every target with its outcome.</param>
/// <param name="Generate">From the start until the last image was generated.</param>
/// <param name="Store">From then until the last result was encoded and stored.</param>
public sealed record RenderedTargets(IReadOnlyList<JobTarget> Targets, TimeSpan Generate, TimeSpan Store);
