using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.EndToEnd.Tests.Journeys;

namespace PoseFunctions.EndToEnd.Tests.Inputs;

/// <summary>What a finished job saw in its photo, and what it made of it.</summary>
/// <param name="Keypoints">x, y and confidence of every joint in turn, in upright photo pixels.</param>
/// <param name="Result">The first generated image.</param>
internal sealed record SeenPerson(float[] Keypoints, RgbImage Result) : IDisposable
{
    private const float SureFrom = 0.3f;

    /// <summary>Reads both from the service: the keypoints from its storage, the image over HTTP.</summary>
    public static async Task<SeenPerson> OfAsync(
        JsonNode job, BlobServiceClient storage, ServiceClient client, IImageCodec codec, CancellationToken cancellationToken)
    {
        Assert.True(JobId.TryParse(job["id"]!.GetValue<string>(), out var id));
        var record = await storage.GetBlobContainerClient("jobs").GetBlobClient($"{id.Tenant}/{id.Digest}.json").DownloadContentAsync(cancellationToken);
        var source = JsonSerializer.Deserialize(record.Value.Content, CoreJsonContext.Default.JobRecord)!.Source;
        var parsed = storage.GetBlobContainerClient("parsed");
        var name = parsed.GetBlobs(new GetBlobsOptions { Prefix = $"{id.Tenant}/{source.PixelHash}-" }, cancellationToken).Single().Name;
        var document = await parsed.GetBlobClient(name).DownloadContentAsync(cancellationToken);
        var keypoints = JsonNode.Parse(document.Value.Content)!["keypoints"]!.AsArray().Select(number => number!.GetValue<float>());
        return new([.. keypoints], codec.Decode(await client.DownloadAsync(job, 0)));
    }

    /// <summary>Pixels that the joint moved which moved most, of those that both are sure of.</summary>
    public double FarthestMove(SeenPerson other)
    {
        double[] moves =
        [
            .. Keypoints.Chunk(3).Zip(other.Keypoints.Chunk(3))
                .Where(pair => pair.First[2] >= SureFrom && pair.Second[2] >= SureFrom)
                .Select(pair => Math.Sqrt(Math.Pow(pair.First[0] - pair.Second[0], 2) + Math.Pow(pair.First[1] - pair.Second[1], 2))),
        ];
        Assert.True(moves.Length > 12, $"Only {moves.Length} joints were seen in both.");
        return moves.Max();
    }

    public void Dispose() => Result.Dispose();
}
