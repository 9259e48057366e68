using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Images;
using PoseFunctions.EndToEnd.Tests.Inputs;
using PoseFunctions.EndToEnd.Tests.Journeys;
using PoseFunctions.Imaging;
using PoseFunctions.Imaging.Tests;

namespace PoseFunctions.EndToEnd.Tests.Robustness;

/// <summary>
/// Sends every file of the documented table to a service, both ways. The service is not shared with other tests, because its
/// memory is measured.
/// </summary>
public sealed class DocumentedInputTests(ServiceFixture service, ITestOutputHelper output) : IClassFixture<ServiceFixture>, IDisposable
{
    // Decoding what the tall header promises would take 10,800 MB. A full batch of the generator takes some 400 MB.
    private const long MemoryMayGrow = 1_000_000_000;

    // Lossy formats move joints and colours a little, press inks more; a wrong turn moves joints by half the photo, 384 pixels.
    private const double JointsMayMove = 5;
    private const double JointsMayMoveInPrint = 20;
    private const double ColoursMayDiffer = 8;

    private static readonly Dictionary<string, string> Request = new() { ["poses"] = "front", ["format"] = "png", ["longside"] = "128" };

    private readonly InputFiles files = new();
    private readonly ServiceClient client = new(service.CreateClient());
    private readonly StorageDrop storage = new(service.Host.StorageConnection);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        storage.Dispose();
        client.Dispose();
    }

    [Fact]
    public async Task EveryDocumentedFile_DroppedAndPosted_HasItsOutcomeAndTheHostStaysUp()
    {
        using var ordinary = await SeenAsync(await OrdinaryJobAsync());
        var memory = service.Host.Worker.PeakMemory;
        var lines = await DocumentedOutcome.ReadAsync(Cancel);
        var refused = 0;
        var jobs = new List<(string What, string Outcome, string Id)>();
        foreach (var (line, file) in lines.SelectMany(line => files.For(line.Input).Select(file => (line, file))))
        {
            var what = $"{line.Input}: {file.Name[..Math.Min(40, file.Name.Length)]}";

            // The emulator could no longer list the container. What a worker makes of the event of such a name is tested without.
            if (!file.Name.Any(char.IsControl))
            {
                jobs.Add(($"dropped {what}", line.Dropped, (await storage.DropAsync(file, Request, Cancel)).ToString()));
            }

            if (await PostAsync(file, line) is { } id)
            {
                jobs.Add(($"posted {what}", line.Posted, id));
            }
            else
            {
                refused++;
            }
        }

        var surprises = new List<string>();
        foreach (var (what, outcome, id) in jobs)
        {
            var found = await FindAsync(what, outcome, await client.WaitAsync(id), ordinary);
            output.WriteLine(found.What);
            if (!found.IsAsDocumented)
            {
                surprises.Add(found.What);
            }
        }

        Assert.Empty(surprises);
        using var afterwards = await SeenAsync(await OrdinaryJobAsync());
        Assert.Equal(ordinary.Keypoints, afterwards.Keypoints);
        var growth = service.Host.Worker.PeakMemory - memory;
        output.WriteLine($"{lines.Length} documented lines: {refused} files refused at the door, {jobs.Count} jobs, {jobs.Count(job => job.Outcome == DocumentedOutcome.Succeeded)} of them succeeded");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak memory {memory / 1e6:0} MB before, {growth / 1e6:0} MB more after"));
        Assert.InRange(growth, 0, MemoryMayGrow);
    }

    private async Task<(string What, bool IsAsDocumented)> FindAsync(string what, string outcome, JsonNode job, SeenPerson ordinary)
    {
        var actual = job["failure"]?["code"]?.GetValue<string>() ?? job["state"]!.GetValue<string>();
        if (actual != DocumentedOutcome.Succeeded || outcome != DocumentedOutcome.Succeeded)
        {
            return ($"{what}: {actual}", actual == outcome);
        }

        using var seen = await SeenAsync(job);
        var (joints, colours) = (seen.FarthestMove(ordinary), TestPictures.Difference(seen.Result, ordinary.Result));
        var farthest = what.Contains("CMYK", StringComparison.Ordinal) ? JointsMayMoveInPrint : JointsMayMove;
        return (
            string.Create(CultureInfo.InvariantCulture, $"{what}: joints {joints:0.00} pixels, colours {colours:0.00} levels from the ordinary photo's"),
            joints <= farthest && colours <= ColoursMayDiffer);
    }

    /// <summary>Posts a file as a form; returns its job, or null where it was refused with the documented problem.</summary>
    private async Task<string?> PostAsync(InputFile file, DocumentedOutcome line)
    {
        using var photo = new ByteArrayContent(file.Content);

        // RFC 8187 carries any name unchanged; the HTTP client's own form would refuse some of them.
        photo.Headers.TryAddWithoutValidation(
            "Content-Disposition", $"form-data; name=\"photo\"; filename=\"photo\"; filename*=utf-8''{Uri.EscapeDataString(file.Name)}");
        using var form = new MultipartFormDataContent { photo };
        foreach (var (name, value) in Request)
        {
            form.Add(new StringContent(value), name);
        }

        using var answer = await client.Http.PostAsync("api/jobs", form, Cancel);
        var body = await ServiceClient.ReadAsync(answer, (HttpStatusCode)line.Status);
        if (answer.StatusCode == HttpStatusCode.Accepted)
        {
            return body["id"]!.GetValue<string>();
        }

        Assert.Equal((line.Input, line.Posted), (line.Input, body["code"]!.GetValue<string>()));
        return null;
    }

    private async Task<JsonNode> OrdinaryJobAsync()
    {
        var line = new DocumentedOutcome("an ordinary photo", DocumentedOutcome.Succeeded, (int)HttpStatusCode.Accepted, DocumentedOutcome.Succeeded);
        var job = await client.WaitAsync((await PostAsync(files.Ordinary, line))!);
        Assert.True(job["state"]!.GetValue<string>() == DocumentedOutcome.Succeeded, job.ToJsonString());
        return job;
    }

    private Task<SeenPerson> SeenAsync(JsonNode job) => SeenPerson.OfAsync(
        job, new BlobServiceClient(service.Arguments.StorageConnection), client, new ImageCodec(Options.Create(new ImageLimits())), Cancel);
}
