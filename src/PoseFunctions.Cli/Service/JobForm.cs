using System.Net.Http.Headers;
using PoseFunctions.Core.Transfers;

namespace PoseFunctions.Cli.Service;

/// <summary>The multipart form that creates a job.</summary>
internal static class JobForm
{
    /// <param name="path">The photo.</param>
    /// <param name="request">What shall be done.</param>
    /// <param name="scene">The photo that the request names as scene; null for none.</param>
    public static MultipartFormDataContent Create(string path, TransferRequest request, string? scene)
    {
        var description = new ByteArrayContent(TransferRequestJson.Write(request));
        description.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var photo = new StreamContent(File.OpenRead(path));
        photo.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");

        // The request stands first, so that the service knows what to do before the photo's bytes arrive.
        var form = new MultipartFormDataContent
        {
            { description, "request" },
            { photo, "photo", Path.GetFileName(path) },
        };
        if (scene is not null)
        {
            form.Add(new StreamContent(File.OpenRead(scene)), "scenePhoto", Path.GetFileName(scene));
        }

        return form;
    }
}
