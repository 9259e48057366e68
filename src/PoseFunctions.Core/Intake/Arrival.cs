using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Requests;

namespace PoseFunctions.Core.Intake;

/// <summary>One delivery of an upload on its way to a job: what the steps find out of both.</summary>
/// <param name="id">The job that the upload belongs to.</param>
/// <param name="tenantName">The tenant as it stands in storage, allowed or not.</param>
/// <param name="name">The photo's name.</param>
/// <param name="photo">The opened photo; null where its name cannot be opened.</param>
/// <param name="at">When it arrived.</param>
/// <param name="traceParent">The trace that the job goes on with.</param>
internal sealed class Arrival(JobId id, string tenantName, string name, UploadedPhoto? photo, DateTimeOffset at, string? traceParent)
{
    public JobId Id => id;

    public string TenantName => tenantName;

    public string Name => name;

    public UploadedPhoto? Photo => photo;

    /// <summary>The record that is there already; null where this delivery has to create it.</summary>
    public StoredJob? Known { get; set; }

    /// <summary>Whether this delivery may go on and run the job that it makes.</summary>
    public bool MayRunAtOnce { get; init; }

    /// <summary>What is asked for; null until it was read.</summary>
    public TransferRequest? Request { get; set; }

    /// <summary>The photo as the record tells of it, complete once it was parsed.</summary>
    public SourcePhoto Source { get; set; } = SourcePhoto.Unparsed(tenantName, name, photo?.ETag ?? string.Empty, photo?.Length ?? 0);

    /// <summary>Further photos of the person that were parsed so far.</summary>
    public List<SourcePhoto> Sources { get; } = [];

    /// <summary>Content hashes of all photos that were parsed on the way.</summary>
    public List<string> Hashes { get; } = [];

    /// <summary>The record as it stands, or as it would be created now.</summary>
    public JobRecord Draft => Known?.Record
        ?? JobRecord.Accept(id, Source, Request ?? new(), at, traceParent, photo?.Metadata.GetValueOrDefault(PhotoMetadata.Fingerprint));

    /// <summary>Whether the API wrote the record before the event arrived; for dropped files reading it first would be in vain.</summary>
    public bool IsSubmission => photo is not null
        && (photo.Metadata.ContainsKey(PhotoMetadata.IdempotencyKey)
            || photo.Metadata.ContainsKey(PhotoMetadata.Request)
            || photo.Metadata.ContainsKey(PhotoMetadata.RequestKey));
}
