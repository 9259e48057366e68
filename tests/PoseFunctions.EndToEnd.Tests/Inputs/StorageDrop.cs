using Azure.Storage.Blobs;
using Azure.Storage.Sas;
using PoseFunctions.Core.Intake;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.EndToEnd.Tests.Inputs;

/// <summary>Writes photos into storage by plain HTTP, as tools do that know nothing of this service and do not tidy up names.</summary>
internal sealed class StorageDrop(string connection) : IDisposable
{
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly HttpClient http = new();
    private readonly Uri container = new BlobContainerClient(connection, "uploads").GenerateSasUri(
        BlobContainerSasPermissions.Create | BlobContainerSasPermissions.Write, TimeProvider.System.GetUtcNow().AddHours(1));

    /// <summary>Drops a photo of the default tenant.</summary>
    /// <returns>The job that it will become.</returns>
    public async Task<JobId> DropAsync(InputFile file, Dictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        // Dots are escaped as well, or the HTTP client would resolve them.
        var name = string.Join('/', file.Name.Split('/').Select(part => Uri.EscapeDataString(part).Replace(".", "%2E", StringComparison.Ordinal)));
        var url = new Uri($"{container.GetLeftPart(UriPartial.Path)}/{Tenant.Default}/{name}{container.Query}", AsWritten);
        using var put = new HttpRequestMessage(HttpMethod.Put, url) { Content = new ByteArrayContent(file.Content) };
        put.Headers.Add("x-ms-blob-type", "BlockBlob");
        foreach (var (key, value) in metadata)
        {
            put.Headers.Add($"x-ms-meta-{key}", value);
        }

        using var stored = await http.SendAsync(put, cancellationToken);
        stored.EnsureSuccessStatusCode();
        return UploadHandler.JobIdOf(Tenant.Default.ToString(), file.Name, stored.Headers.ETag!.Tag.Trim('"'), metadata);
    }

    public void Dispose() => http.Dispose();
}
