using System.Diagnostics;
using Microsoft.Extensions.Logging;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Running;
using PoseFunctions.Core.Telemetry;

namespace PoseFunctions.Core.Intake;

/// <summary>
/// Makes a job of an uploaded photo, step by step: goes on with the job that it has, reads what is asked for, parses, and settles.
/// Any number of deliveries of the same upload, at once or late, end in one record.
/// </summary>
public sealed partial class UploadHandler(
    IPhotoStore photos,
    JobResumption resumption,
    UploadRequests requests,
    UploadParsing parsing,
    UploadSettlement settlement,
    TimeProvider clock,
    ILogger<UploadHandler> logger)
{
    /// <summary>
    /// The job that an upload belongs to. Uploads of forbidden tenants are recorded as <see cref="Tenant.Unassigned"/>. All
    /// versions of an upload that cannot be opened by its name are one job, because only its name can be known.
    /// </summary>
    public static JobId JobIdOf(string tenantName, string name, string etag, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        var canBeOpened = PhotoNames.FindProblem(tenantName, name) is null;
        var version = canBeOpened ? etag : string.Empty;
        if (!Tenant.TryParse(tenantName, out var tenant))
        {
            return JobId.FromUpload(Tenant.Unassigned, $"{tenantName}/{name}", version);
        }

        return canBeOpened && metadata.TryGetValue(PhotoMetadata.IdempotencyKey, out var key)
            ? JobId.FromIdempotencyKey(tenant, key)
            : JobId.FromUpload(tenant, name, version);
    }

    /// <summary>Handles one delivery of an upload, and leaves the job to the queue.</summary>
    public Task HandleAsync(string tenantName, string name, CancellationToken cancellationToken) =>
        HandleAsync(tenantName, name, mayRunAtOnce: false, cancellationToken);

    /// <summary>Handles one delivery of an upload.</summary>
    /// <param name="tenantName">The tenant as it stands in storage, allowed or not.</param>
    /// <param name="name">The photo's name.</param>
    /// <param name="mayRunAtOnce">Whether the job may be run right away where nothing else is at work; see <see cref="ImmediateRun"/>.</param>
    /// <param name="cancellationToken">The worker has to stop.</param>
    public async Task HandleAsync(string tenantName, string name, bool mayRunAtOnce, CancellationToken cancellationToken)
    {
        if (PhotoNames.FindProblem(tenantName, name) is { } problem)
        {
            await RefuseNameAsync(tenantName, name, problem, cancellationToken);
            return;
        }

        await using var photo = await photos.OpenAsync(PhotoContainer.Uploads, tenantName, name, cancellationToken);
        if (photo is null)
        {
            Log.PhotoGone(logger, tenantName, name);
            return;
        }

        var id = JobIdOf(tenantName, name, photo.ETag, photo.Metadata);
        var uploader = photo.Metadata.GetValueOrDefault(PhotoMetadata.TraceParent);
        using var activity = PoseFunctionsTelemetry.StartEntry("upload", ActivityKind.Consumer, uploader);
        activity?.SetTag("job.id", id.ToString());
        var arrival = new Arrival(id, tenantName, name, photo, photo.CreatedAt, activity?.Id ?? uploader ?? Activity.Current?.Id)
        {
            MayRunAtOnce = mayRunAtOnce,
        };
        if (!await resumption.ResumeAsync(arrival, cancellationToken))
        {
            return;
        }

        try
        {
            await ParseAndSettleAsync(arrival, cancellationToken);
        }
        catch (RejectedException exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Code);
            await settlement.RefuseAsync(arrival, exception.Code, exception.Message, cancellationToken);
        }
    }

    private async Task ParseAndSettleAsync(Arrival arrival, CancellationToken cancellationToken)
    {
        var request = await requests.ReadAsync(arrival, cancellationToken);
        if (request.ExpiresAt <= clock.GetUtcNow())
        {
            await settlement.ExpireAsync(arrival, cancellationToken);
            return;
        }

        try
        {
            var parsed = await parsing.ParseAsync(arrival, request, cancellationToken);
            await settlement.EnqueueAsync(arrival, request, parsed, cancellationToken);
        }
        catch (AwaitedPhotoException exception)
        {
            await settlement.AwaitAsync(arrival, request, exception.Photo, cancellationToken);
        }
    }

    /// <summary>Records what storage lists but nobody can open. Left to fail, it would be tried again for ever.</summary>
    private Task RefuseNameAsync(string tenantName, string name, string problem, CancellationToken cancellationToken)
    {
        var id = JobIdOf(tenantName, name, etag: string.Empty, new Dictionary<string, string>());
        var arrival = new Arrival(id, tenantName, name, photo: null, clock.GetUtcNow(), Activity.Current?.Id);
        return settlement.RefuseAsync(arrival, FailureCodes.RequestInvalid, problem, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The photo {Tenant}/{Name} is gone; nothing to do.")]
        public static partial void PhotoGone(ILogger logger, string tenant, string name);
    }
}
