using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PoseFunctions.EndToEnd.Tests.Journeys;
using PoseFunctions.Testing.Azurite;
using PoseFunctions.Testing.Service;

namespace PoseFunctions.EndToEnd.Tests.Robustness;

/// <summary>A GPU is asked for and there is none.</summary>
public sealed partial class MissingGpuTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_FallBackAllowed_WorksOnTheCpuAndSaysSoOnceInItsLogAndInHealth()
    {
        RequireNoGpu();
        await using var host = await LocalHostProcess.StartAsync(Arguments("true"), Cancel);
        using var client = new ServiceClient(new HttpClient { BaseAddress = host.Address, Timeout = TimeSpan.FromMinutes(3) });
        client.Http.DefaultRequestHeaders.Add("x-functions-key", "end-to-end");

        var job = await client.SubmitAsync(await File.ReadAllBytesAsync(SamplePhotos.All[1], Cancel), "photo.jpg", ("poses", "front"));
        var done = await client.WaitAsync(job["id"]!.GetValue<string>());
        var worker = await WorkerAsync(client);

        Assert.Equal("succeeded", done["state"]!.GetValue<string>());
        Assert.Equal(("cpu", "cuda"), (worker["provider"]!.GetValue<string>(), worker["requestedProvider"]!.GetValue<string>()));
        Assert.Single(FellBack().Matches(host.Log));
    }

    [Fact]
    public async Task Start_GpuRequired_EndsWithOneSentenceThatNamesIt()
    {
        RequireNoGpu();

        // The worker answers its host first, or that would take it for dead, and looks for the GPU then.
        await using var host = await LocalHostProcess.StartAsync(Arguments("false"), Cancel);
        await host.ExitAsync(Cancel);

        Assert.Equal(2, host.ExitCode);
        Assert.Matches("(?m)^The local host cannot run: PoseFunctions.Worker: .*'cuda'", host.Log);
        Assert.DoesNotContain("   at ", host.Log, StringComparison.Ordinal);
    }

    /// <summary>The worker as health shows it. What health tells is measured every other second only.</summary>
    private static async Task<JsonNode> WorkerAsync(ServiceClient client)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        for (var looks = 0; looks < 100; looks++)
        {
            using var answer = await client.Http.GetAsync("api/health/ready", Cancel);
            if ((await ServiceClient.ReadAsync(answer, HttpStatusCode.OK))["workers"]!.AsArray() is [{ } worker])
            {
                return worker;
            }

            await look.WaitForNextTickAsync(Cancel);
        }

        throw new TimeoutException("Health never told of one worker.");
    }

    private static void RequireNoGpu() => Assert.SkipWhen(File.Exists("/dev/nvidiactl"), "This machine has a GPU.");

    private LocalHostArguments Arguments(string fallBack) => new(azurite.ConnectionString)
    {
        Settings = new Dictionary<string, string> { ["Inference__Provider"] = "cuda", ["Inference__FallBackToCpu"] = fallBack },
    };

    [GeneratedRegex("Models run on 'cpu' instead of 'cuda'")]
    private static partial Regex FellBack();
}
