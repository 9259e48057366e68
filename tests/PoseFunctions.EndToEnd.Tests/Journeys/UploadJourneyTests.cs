using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Images;
using PoseFunctions.Imaging;
using PoseFunctions.Testing;

namespace PoseFunctions.EndToEnd.Tests.Journeys;

/// <summary>A photo comes in by each of the three ways; the same comes out.</summary>
public sealed class UploadJourneyTests(ServiceFixture service) : IDisposable
{
    private readonly ServiceClient client = new(service.CreateClient());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task PhotoPostedAsForm_ComesBackInEveryPoseAtTheSizeAskedFor()
    {
        var photo = await File.ReadAllBytesAsync(SamplePhotos.All[0], Cancel);

        var accepted = await client.SubmitAsync(photo, "form.jpg", ("poses", "front,walking,back"), ("longSide", "512"), ("format", "png"));
        var job = await client.WaitAsync(accepted["id"]!.GetValue<string>());

        AssertSucceeded(job, targets: 3);
        for (var target = 0; target < 3; target++)
        {
            await AssertResultAsync(job, target, new ImageSize(384, 512), ImageFormat.Png);
        }
    }

    [Fact]
    public async Task PhotoSentToASignedUrl_BecomesTheJobThatWasPromised()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/uploads")
        {
            Content = JsonContent.Create(new { fileName = "signed.jpg", request = new { targets = new[] { new { pose = "front" } } } }),
        };
        using var response = await client.Http.SendAsync(request, Cancel);
        var upload = await ServiceClient.ReadAsync(response, response.StatusCode == HttpStatusCode.OK ? HttpStatusCode.OK : HttpStatusCode.Created);

        using var put = new HttpRequestMessage(new HttpMethod(upload["method"]!.GetValue<string>()), upload["url"]!.GetValue<string>())
        {
            Content = new ByteArrayContent(await File.ReadAllBytesAsync(SamplePhotos.All[1], Cancel)),
        };
        foreach (var (name, value) in upload["headers"]!.AsObject())
        {
            if (!put.Headers.TryAddWithoutValidation(name, value!.GetValue<string>()))
            {
                put.Content.Headers.TryAddWithoutValidation(name, value.GetValue<string>());
            }
        }

        using var anonymous = new HttpClient();
        using var stored = await anonymous.SendAsync(put, Cancel);
        Assert.Equal(HttpStatusCode.Created, stored.StatusCode);

        var job = await client.WaitAsync(upload["jobId"]!.GetValue<string>());
        AssertSucceeded(job, targets: 1);
        await AssertResultAsync(job, 0, new ImageSize(768, 1024), ImageFormat.Jpeg);
    }

    [Fact]
    public async Task FileDroppedIntoStorage_BecomesAJobOfItsTenant()
    {
        const string Tenant = "drop-shop";
        var blob = new BlobContainerClient(service.Host.StorageConnection, "uploads").GetBlobClient($"{Tenant}/summer/dress 1.jpg");
        await using (var photo = File.OpenRead(SamplePhotos.All[2]))
        {
            var options = new BlobUploadOptions { Metadata = new Dictionary<string, string> { ["poses"] = "front", ["longside"] = "256" } };
            await blob.UploadAsync(photo, options, Cancel);
        }

        string[] ids;
        do
        {
            ids = await client.ListAsync(Tenant);
        }
        while (ids.Length == 0);

        var job = await client.WaitAsync(Assert.Single(ids));
        AssertSucceeded(job, targets: 1);
        await AssertResultAsync(job, 0, new ImageSize(192, 256), ImageFormat.Jpeg);
    }

    [Fact]
    public async Task PhotoOfTwoPeople_TellsWhoWasTakenAndObeysWhoIsMeant()
    {
        var photo = await File.ReadAllBytesAsync(SharedTestData.Require("cases", "two.jpg"), Cancel);

        var untold = await client.WaitAsync((await client.SubmitAsync(photo, "two.jpg", ("poses", "front")))["id"]!.GetValue<string>());
        var right = await client.WaitAsync(
            (await client.SubmitAsync(photo, "two.jpg", ("poses", "front"), ("person", "right"), ("background", "transparent"), ("format", "png")))["id"]!.GetValue<string>());
        var only = await client.WaitAsync((await client.SubmitAsync(photo, "two.jpg", ("poses", "front"), ("person", "only")))["id"]!.GetValue<string>());

        AssertSucceeded(untold, targets: 1);
        Assert.Equal(2, untold["source"]!["people"]!.GetValue<int>());
        Assert.Equal("several_people", Assert.Single(untold["warnings"]!.AsArray())!.GetValue<string>());
        AssertSucceeded(right, targets: 1);
        Assert.Empty(right["warnings"]!.AsArray());
        Assert.InRange(right["source"]!["person"]![0]!.GetValue<double>(), 0.4, 1);
        Assert.InRange(right["targets"]![0]!["result"]!["coverage"]!.GetValue<double>(), 0, 1);
        Assert.Equal("person_ambiguous", only["failure"]!["code"]!.GetValue<string>());
    }

    private static void AssertSucceeded(JsonNode job, int targets)
    {
        Assert.True(job["state"]!.GetValue<string>() == "succeeded", job.ToJsonString());
        Assert.Equal(targets, job["targets"]!.AsArray().Count);
        Assert.All(job["targets"]!.AsArray(), target => Assert.Equal("succeeded", target!["state"]!.GetValue<string>()));
        Assert.Equal("flow-transfer", job["generator"]!["name"]!.GetValue<string>());
    }

    private async Task AssertResultAsync(JsonNode job, int target, ImageSize size, ImageFormat format)
    {
        var bytes = await client.DownloadAsync(job, target);
        var info = new ImageCodec(Options.Create(new ImageLimits())).Identify(bytes);
        Assert.Equal((size, format), (info.Size, info.Format));

        // The mark must be readable by anyone who looks for the standard's own words.
        var text = Encoding.Latin1.GetString(bytes);
        Assert.Contains("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia", text, StringComparison.Ordinal);
        Assert.Contains(job["generator"]!["version"]!.GetValue<string>(), text, StringComparison.Ordinal);
    }
}
