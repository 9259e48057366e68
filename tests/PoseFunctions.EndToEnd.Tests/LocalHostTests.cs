using System.Net;
using System.Net.Sockets;
using System.Text;
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
    [InlineData(100_000_001)]
    [InlineData((100 * 1024 * 1024) + 1)]
    public async Task Post_BodyBeyondTheLimitOfTheAppOrTheHost_IsAProblem(int length)
    {
        // Only the head is sent: whoever waits for the answer before the body, as large uploads do, is spared the sending.
        using var connection = new TcpClient();
        await connection.ConnectAsync(service.Host.Address.Host, service.Host.Address.Port, Cancel);
        var head = $"POST /api/jobs HTTP/1.1\r\nHost: {service.Host.Address.Authority}\r\nx-functions-key: {service.Arguments.Key}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n";
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), Cancel);
        using var reader = new StreamReader(connection.GetStream());
        var answer = await reader.ReadToEndAsync(Cancel);

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"request_too_large\"", answer, StringComparison.Ordinal);
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
