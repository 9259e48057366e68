using PoseFunctions.Api.Http;
using PoseFunctions.Api.Jobs;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Api.Views;

/// <summary>Shows records to callers.</summary>
/// <remarks>Claims, fencing numbers, owners and content hashes stay inside.</remarks>
public sealed class JobViewFactory(QueueEstimator queue)
{
    private const int DegreesOfAQuarter = 90;

    /// <summary>A record with its links and, while it waits, its estimates.</summary>
    public async Task<JobView> CreateAsync(JobRecord record, JobLinks links, CancellationToken cancellationToken) => new()
    {
        Id = record.Id,
        State = record.State,
        Stage = StageOf(record),
        Percent = record.Percent,
        Attempt = record.Attempt,
        Source = ViewOf(record.Source),
        Sources = [.. record.Request.Sources.Select(name => ViewOf(name, record))],
        Scene = record.Request.Scene is { } scene
            ? new(FileNameOf(scene), record.Scene?.Length, record.Scene?.Width, record.Scene?.Height)
            : null,
        Warnings = WarningCodes.Of(record),
        Targets = [.. record.Targets.Select(target => ViewOf(record.Id, target, links))],
        Output = record.Request.Output,
        Generator = record.Generator,
        Failure = record.Failure,
        Queue = await queue.EstimateAsync(record, cancellationToken),
        Timings = record.Timings,
        CreatedAt = record.CreatedAt,
        QueuedAt = record.QueuedAt,
        StartedAt = record.StartedAt,
        FinishedAt = record.FinishedAt,
        UpdatedAt = record.UpdatedAt,
        ExpiresAt = record.Request.ExpiresAt,
        Links = new(
            links.Job(record.Id),
            record.IsFinal ? null : links.Cancel(record.Id),
            record.State == JobState.Succeeded ? links.Replay(record.Id) : null),
    };

    private static string StageOf(JobRecord record) => record.State switch
    {
        JobState.Accepted => "The photo is stored and waits to be parsed.",
        JobState.Parsing when record.Source.PixelHash is not null => "Waiting for photos that the request names.",
        JobState.Parsing => "Keypoints and body parts are being found.",
        JobState.Queued => record.Attempt == 0 ? "Waiting for a worker." : "Waiting for a worker to try again.",
        JobState.Running => "A worker generates the images.",
        JobState.Succeeded => "Done.",
        JobState.Failed => "Failed.",
        JobState.Cancelled => "Cancelled.",
        _ => "Not started before its deadline.",
    };

    private static SourceView ViewOf(string further, JobRecord record) =>
        record.Sources.FirstOrDefault(source => source.BlobName == further) is { } parsed
            ? ViewOf(parsed)
            : new(FileNameOf(further), Length: null, Width: null, Height: null);

    private static SourceView ViewOf(SourcePhoto source) => new(
        FileNameOf(source.BlobName),
        source.Length,
        source.Width,
        source.Height,
        source.People,
        source.Person is { } person && source is { Width: { } width, Height: { } height }
            ? [person.X / width, person.Y / height, person.Width / width, person.Height / height]
            : null,
        source.Turns * DegreesOfAQuarter);

    private static TargetView ViewOf(JobId id, JobTarget target, JobLinks links) => new(
        target.Index,
        target.Name,
        target.State,
        target.Result is { } result
            ? new(
                links.Result(id, target.Index),
                result.Format.MediaType(),
                result.Width,
                result.Height,
                result.Length,
                result.NativeWidth,
                result.NativeHeight,
                result.InputHash,
                result.Coverage)
            : null,
        target.Failure,
        WarningCodes.Of(target));

    // What this API stores lies in a folder of its own; callers know their file name only.
    private static string FileNameOf(string name) => name[(name.LastIndexOf('/') + 1)..];
}
