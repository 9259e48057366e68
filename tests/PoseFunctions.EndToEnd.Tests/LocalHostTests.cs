using System.Globalization;
using System.Net;
using PoseFunctions.EndToEnd.Tests.Documents;
using PoseFunctions.Testing.Service;

namespace PoseFunctions.EndToEnd.Tests;

/// <summary>The published apps under the local host: how they start, what they refuse at the door, how they end.</summary>
public sealed class LocalHostTests(ServiceFixture service)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Terminate_RunningHost_EndsItCleanly()
    {
        await using var host = await LocalHostProcess.StartAsync(service.Arguments with { Apps = ["api"] }, Cancel);

        var exitCode = await host.StopAsync(Cancel);
        Assert.True(exitCode == 0, $"It ended with {exitCode}.\n{host.Log}");
    }

    [Fact]
    public async Task Start_ApiOnly_AnswersWithAndRefusesWithoutAKey()
    {
        await using var host = await LocalHostProcess.StartAsync(service.Arguments with { Apps = ["api"] }, Cancel);
        using var client = new HttpClient { BaseAddress = host.Address };

        using var refused = await client.GetAsync("api/poses", Cancel);
        client.DefaultRequestHeaders.Add("x-functions-key", service.Arguments.Key);
        using var answered = await client.GetAsync("api/poses", Cancel);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (refused.StatusCode, answered.StatusCode));
    }

    [Theory]
    [InlineData(100_000_001, "\"code\":\"request_too_large\"")]
    [InlineData((100 * 1024 * 1024) + 1, "")]
    public async Task Post_BodyBeyondTheLimitOfTheAppOrTheHost_IsRefusedAsTooLarge(int length, string said)
    {
        // By a client that reads the answer although it has not sent all.
        const string Command = """
            head -c "$LENGTH" /dev/zero | curl -sS -w ' %{http_code}' -H "x-functions-key: $KEY" -H 'Content-Type: application/json' --data-binary @- "$URL"
            """;
        var (_, output) = await CommandDocument.BashAsync(
            ["-c", Command],
            new()
            {
                ["LENGTH"] = length.ToString(CultureInfo.InvariantCulture),
                ["KEY"] = service.Arguments.Key,
                ["URL"] = new Uri(service.Host.Address, "api/jobs").ToString(),
            },
            Cancel);

        Assert.Contains(" 413", output, StringComparison.Ordinal);
        Assert.Contains(said, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithoutStorageForPhotos_SaysInOneSentenceWhatToConfigure()
    {
        var arguments = service.Arguments with { Settings = new Dictionary<string, string> { ["Photos"] = "" } };
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => LocalHostProcess.StartAsync(arguments, Cancel));

        Assert.Contains("The local host cannot run: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Photos", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", exception.Message, StringComparison.Ordinal);
    }
}
