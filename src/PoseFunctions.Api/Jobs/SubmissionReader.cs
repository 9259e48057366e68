using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using PoseFunctions.Api.Configuration;
using PoseFunctions.Api.Http;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Requests;

namespace PoseFunctions.Api.Jobs;

/// <summary>Reads submissions from requests: forms with files, or JSON with base64.</summary>
public sealed class SubmissionReader(TransferRequestReader requests, IOptions<ApiOptions> options)
{
    private const string PhotoField = "photo";
    private const string PosePhotoField = "posePhoto";
    private const string SourcePhotoField = "sourcePhoto";
    private const string ScenePhotoField = "scenePhoto";
    private const string RequestField = "request";
    private const int MaxFieldBytes = 1_000_000;

    private static readonly string[] PlainFields =
    [
        PhotoMetadata.Poses, PhotoMetadata.Generator, PhotoMetadata.Format, PhotoMetadata.Quality, PhotoMetadata.LongSide,
        PhotoMetadata.KeepBackground, PhotoMetadata.ExpiresAt, PhotoMetadata.Scene, PhotoMetadata.Seed,
        PhotoMetadata.Person, PhotoMetadata.MinCoverage, PhotoMetadata.InventLimbs, PhotoMetadata.Background, PhotoMetadata.Sources,
    ];

    /// <summary>Reads a submission. Photos larger than memory should hold are buffered in temporary files.</summary>
    /// <exception cref="RejectedException">The request is too large, of another media type, or not well-formed.</exception>
    public async Task<JobSubmission> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.HasFormContentType)
        {
            RequestBody.Limit(request, options.Value.MaxRequestBytes);
            return await ReadAsync(request.Tenant(), await ReadFormAsync(request, cancellationToken), cancellationToken);
        }

        if (request.HasJsonContentType())
        {
            return Read(await RequestBody.ReadJsonAsync(
                request, BodyJsonContext.Default.SubmissionBody, options.Value.MaxRequestBytes, cancellationToken));
        }

        throw new RejectedException(
            FailureCodes.MediaTypeUnsupported, "A job is submitted as multipart/form-data or as application/json.");
    }

    private static JobSubmission Read(SubmissionBody body)
    {
        var request = TransferRequestJson.Parse(Encoding.UTF8.GetBytes(body.Request.GetRawText()));
        return new(
            PhotoOf(body.FileName ?? string.Empty, body.Photo),
            ByName("pose", body.PosePhotos),
            request,
            body.ScenePhoto is { } scene ? PhotoOf(request.Scene ?? throw SceneIsNotNamed(), scene) : null)
        {
            SourcePhotos = ByName("source", body.SourcePhotos),
        };
    }

    private static Dictionary<string, SubmittedPhoto> ByName(string kind, IReadOnlyDictionary<string, byte[]?>? photos) => ByName(
        kind,
        (photos ?? new Dictionary<string, byte[]?>()).Select(photo =>
            PhotoOf(photo.Key, photo.Value ?? throw Invalid($"the {kind} photo '{photo.Key}' is null"))));

    private static Dictionary<string, SubmittedPhoto> ByName(string kind, IEnumerable<SubmittedPhoto> photos)
    {
        var named = new Dictionary<string, SubmittedPhoto>(PhotoNameComparer.Instance);
        foreach (var photo in photos)
        {
            if (!named.TryAdd(photo.FileName, photo))
            {
                throw Invalid($"two {kind} photos have the name '{photo.FileName}'");
            }
        }

        return named;
    }

    private static SubmittedPhoto PhotoOf(string fileName, byte[] content) =>
        new(fileName, content.Length, () => new MemoryStream(content, writable: false));

    private async Task<JobSubmission> ReadAsync(Tenant tenant, IFormCollection form, CancellationToken cancellationToken)
    {
        RequireKnown("file", form.Files.Select(file => file.Name), [PhotoField, PosePhotoField, SourcePhotoField, ScenePhotoField]);
        if (form.Files.GetFiles(PhotoField) is not [var photo])
        {
            throw Invalid($"the form needs exactly one file '{PhotoField}'");
        }

        if (form.Files.GetFiles(ScenePhotoField) is { Count: > 1 })
        {
            throw Invalid($"the form takes one file '{ScenePhotoField}'");
        }

        var scene = form.Files.GetFile(ScenePhotoField);
        var sources = form.Files.GetFiles(SourcePhotoField);
        var request = await RequestOfAsync(tenant, form, scene?.FileName, [.. sources.Select(source => source.FileName)], cancellationToken);
        return scene is null || PhotoNameComparer.Instance.Equals(request.Scene, scene.FileName)
            ? new(
                PhotoOf(photo),
                ByName("pose", form.Files.GetFiles(PosePhotoField).Select(PhotoOf)),
                request,
                scene is null ? null : PhotoOf(scene))
            {
                SourcePhotos = ByName("source", sources.Select(PhotoOf)),
            }
            : throw SceneIsNotNamed();
    }

    private static SubmittedPhoto PhotoOf(IFormFile file) => new(file.FileName, file.Length, file.OpenReadStream);

    /// <param name="tenant">Whose request.</param>
    /// <param name="form">The form.</param>
    /// <param name="scene">File name of the scene that came along; plain fields need not repeat it.</param>
    /// <param name="sources">File names of further photos of the person that came along; likewise.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    private async Task<TransferRequest> RequestOfAsync(
        Tenant tenant, IFormCollection form, string? scene, string[] sources, CancellationToken cancellationToken)
    {
        if (form.TryGetValue(RequestField, out var json))
        {
            RequireKnown("field", form.Keys, [RequestField]);
            return TransferRequestJson.Parse(Encoding.UTF8.GetBytes(json.ToString()));
        }

        // Plain fields have the names and the meaning that metadata of a dropped photo has.
        RequireKnown("field", form.Keys, PlainFields);
        var fields = PlainFields.Where(name => !string.IsNullOrWhiteSpace(form[name])).ToDictionary(name => name, name => form[name].ToString().Trim());
        if (scene is not null)
        {
            fields.TryAdd(PhotoMetadata.Scene, scene);
        }

        var request = await requests.ReadAsync(tenant, fields, cancellationToken);
        return TransferRequestRules.Check(request with { Sources = [.. request.Sources.Union(sources, PhotoNameComparer.Instance)] });
    }

    // As in JSON, so that a misspelt option is noticed instead of ignored.
    private static void RequireKnown(string kind, IEnumerable<string> names, string[] known)
    {
        if (names.FirstOrDefault(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw Invalid($"a {kind} '{unknown}' does not belong here; it takes {string.Join(", ", known)}");
        }
    }

    private async Task<IFormCollection> ReadFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var limits = new FormOptions
        {
            MultipartBodyLengthLimit = options.Value.MaxRequestBytes,
            ValueLengthLimit = MaxFieldBytes,
            ValueCountLimit = TransferRequestRules.MaxTargets * 2,
        };
        try
        {
            return await request.ReadFormAsync(limits, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            throw Invalid("the form is damaged or has too many or too long fields", exception);
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            throw Invalid("the form ends early", exception);
        }
    }

    private static RejectedException SceneIsNotNamed() => Invalid($"a {ScenePhotoField} came along, but request.scene does not name it");

    private static RejectedException Invalid(string problem, Exception? exception = null) =>
        new(FailureCodes.RequestInvalid, $"The request is not valid: {problem}.", exception);
}
