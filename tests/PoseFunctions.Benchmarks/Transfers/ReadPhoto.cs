using PoseFunctions.Core.Generation.Rendering;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Requests;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Benchmarks.Transfers;

/// <summary>A photo that was uploaded and read, ready to be rendered in target poses; all of it by the worker's own stages.</summary>
internal sealed class ReadPhoto
{
    private const string BlobName = "photo.jpg";

    private readonly TransferService service;
    private readonly SourcePhoto source;

    private ReadPhoto(TransferService service, SourcePhoto source, ParsedPhoto photo) =>
        (this.service, this.source, Parsed) = (service, source, photo);

    /// <summary>What was found in it.</summary>
    public ParsedPhoto Parsed { get; }

    /// <summary>Decodes a photo, finds the person, parses them and keeps what was found.</summary>
    /// <exception cref="Core.Failures.RejectedException">The service refuses the photo.</exception>
    public static async Task<ReadPhoto> ReadAsync(TransferService service, byte[] file, CancellationToken cancellationToken)
    {
        var photos = service.Get<IPhotoStore>();
        using var content = new MemoryStream(file, writable: false);
        var version = await photos.WriteAsync(
            PhotoContainer.Uploads, Tenant.Default, BlobName, content, new Dictionary<string, string>(), cancellationToken);
        await using var upload = (await photos.OpenAsync(PhotoContainer.Uploads, $"{Tenant.Default}", BlobName, cancellationToken))!;
        var (key, parsed) = await service.Get<PhotoParsing>().ParseAsync(Tenant.Default, upload, PersonSelection.Default, cancellationToken);
        var size = parsed.PhotoSize;
        return new(service, new(BlobName, version, file.Length, key.PixelHash, size.Width, size.Height, key.ParserVersion), parsed);
    }

    /// <summary>Renders one target as a job of its own.</summary>
    /// <returns>The target with what became of it, and its file where it succeeded.</returns>
    public async Task<(JobTarget Target, byte[]? File)> RenderAsync(TransferRequest request, CancellationToken cancellationToken)
    {
        var models = service.Get<JobModels>();
        var queued = Queued(request);
        var job = queued.TakeBy("measurement", models.Choose(queued), ownerIsGone: false, queued.UpdatedAt);
        var rendered = await service.Get<TransferRenderer>().RenderAsync(job, Parsed, models.GeneratorOf(job), cancellationToken);
        var results = service.Get<IResultStore>();
        await using var stored = await results.OpenAsync(job.Id, 0, request.Output.Format, cancellationToken);
        using var file = new MemoryStream();
        await (stored?.CopyToAsync(file, cancellationToken) ?? Task.CompletedTask);
        await results.DeleteAsync(job.Id, job.Fence, cancellationToken);
        return (rendered.Targets[0], stored is null ? null : file.ToArray());
    }

    /// <summary>Forgets what was found, so that the same picture is read anew next time.</summary>
    public Task ForgetAsync(CancellationToken cancellationToken) =>
        service.Get<PhotoParsing>().ForgetAsync(Tenant.Default, source.PixelHash!, cancellationToken);

    private JobRecord Queued(TransferRequest request)
    {
        var now = service.Get<TimeProvider>().GetUtcNow();
        var job = JobRecord.Accept(
            JobId.FromUpload(Tenant.Default, BlobName, source.ETag), source, request, now, traceParent: null).StartParsing(now);
        return job.Enqueue(source, request, job.Targets, parseMilliseconds: 0, now);
    }
}
