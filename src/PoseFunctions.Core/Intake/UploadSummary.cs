namespace PoseFunctions.Core.Intake;

/// <summary>What a listing tells of an uploaded photo.</summary>
public sealed record UploadSummary(
    string TenantName, string BlobName, string ETag, DateTimeOffset CreatedAt, IReadOnlyDictionary<string, string> Metadata);
