using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Core.Intake;

/// <summary>What a job is queued with once all its photos were parsed.</summary>
/// <param name="Sources">Further photos of the person, in the order of the request's.</param>
/// <param name="Scene">The photo whose scene the person is put into; null for target poses.</param>
/// <param name="Targets">The targets, with the poses of the photos that they name.</param>
/// <param name="Milliseconds">How long it took.</param>
internal sealed record ParsedUpload(IReadOnlyList<SourcePhoto> Sources, ScenePhoto? Scene, IReadOnlyList<JobTarget> Targets, double Milliseconds);
