using System.Net.Http.Headers;
using PoseFunctions.Cli.Photos;
using PoseFunctions.Core.Requests;

namespace PoseFunctions.Cli.Service;

/// <summary>The multipart form that creates a job.</summary>
internal static class JobForm
{
    /// <param name="photo">The photo.</param>
    /// <param name="request">What shall be done.</param>
    /// <param name="companions">The photos that the request names besides.</param>
    public static MultipartFormDataContent Create(PhotoFile photo, TransferRequest request, CompanionFiles companions)
    {
        var description = new ByteArrayContent(TransferRequestJson.Write(request));
        description.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        // The request stands first, so that the service knows what to do before the photo's bytes arrive.
        var form = new MultipartFormDataContent
        {
            { description, "request" },
            { ContentOf(photo), "photo", photo.UploadName },
        };
        foreach (var source in companions.Sources)
        {
            form.Add(ContentOf(source), "sourcePhoto", source.UploadName);
        }

        if (companions.Scene is { } scene)
        {
            form.Add(ContentOf(scene), "scenePhoto", scene.UploadName);
        }

        return form;
    }

    private static StreamContent ContentOf(PhotoFile photo) => new(File.OpenRead(photo.Path))
    {
        Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") },
    };
}
