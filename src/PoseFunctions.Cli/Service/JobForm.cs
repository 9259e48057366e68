using System.Net.Http.Headers;
using PoseFunctions.Core.Transfers;

namespace PoseFunctions.Cli.Service;

/// <summary>The multipart form that creates a job.</summary>
internal static class JobForm
{
    public static MultipartFormDataContent Create(string path, TransferRequest request)
    {
        var description = new ByteArrayContent(TransferRequestJson.Write(request));
        description.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var photo = new StreamContent(File.OpenRead(path));
        photo.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");

        // The request stands first, so that the service knows what to do before the photo's bytes arrive.
        return new MultipartFormDataContent
        {
            { description, "request" },
            { photo, "photo", Path.GetFileName(path) },
        };
    }
}
