namespace PoseFunctions.Core.Jobs;

/// <summary>A record as it stands in the store, with the version that a write must name.</summary>
/// <param name="Record">The record.</param>
/// <param name="Version">Opaque; the ETag of the blob. Also the entity tag of the job over HTTP.</param>
public sealed record StoredJob(JobRecord Record, string Version);
