using System.Net;
using PoseFunctions.LocalTriggers.Configuration;
using PoseFunctions.LocalTriggers.Tests.Functions;
using PoseFunctions.Testing.Azurite;

namespace PoseFunctions.LocalTriggers.Tests;

public sealed class HttpTriggerTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly Probe probe = new();
    private EngineUnderTest engine = null!;
    private HttpClient client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Functions:Keys:Master"] = "master-key",
            ["Functions:Keys:Host:default"] = "host-key",
            ["Functions:Keys:Function:Secret:default"] = "secret-key",
            ["Functions:Keys:Function:Other:default"] = "other-key",
        };
        engine = await EngineUnderTest.StartAsync(azurite.ConnectionString, probe, [typeof(HttpFunctions)], settings: settings);
        client = engine.NewClient();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await engine.DisposeAsync();
    }

    [Fact]
    public async Task Get_RouteValueAndQuery_ReachTheFunction() =>
        Assert.Equal("""{"id":42,"query":"x y"}""", await client.GetStringAsync("api/items/42?q=x%20y", Cancel));

    [Theory]
    [InlineData("api/items/abc", HttpStatusCode.NotFound)]
    [InlineData("items/42", HttpStatusCode.NotFound)]
    [InlineData("api/fail", HttpStatusCode.InternalServerError)]
    public async Task Get_NoSuchRouteOrFailure_AnswersSo(string path, HttpStatusCode expected)
    {
        using var response = await client.GetAsync(path, Cancel);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Get_CatchAllRoute_GivesTheWholeRest() =>
        Assert.Equal("a/b/c.txt", await client.GetStringAsync("api/files/a/b/c.txt", Cancel));

    [Fact]
    public async Task Post_MethodNotDeclared_IsNotAllowed()
    {
        using var response = await client.PostAsync("api/items/42", null, Cancel);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Theory]
    [InlineData("secret", null, HttpStatusCode.Unauthorized)]
    [InlineData("secret", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("secret", "other-key", HttpStatusCode.Unauthorized)]
    [InlineData("secret", "secret-key", HttpStatusCode.NoContent)]
    [InlineData("secret", "host-key", HttpStatusCode.NoContent)]
    [InlineData("secret", "master-key", HttpStatusCode.NoContent)]
    [InlineData("administer", "host-key", HttpStatusCode.Unauthorized)]
    [InlineData("administer", "master-key", HttpStatusCode.NoContent)]
    public async Task Post_Key_OpensWhatItIsFor(string function, string? key, HttpStatusCode expected)
    {
        using var byHeader = new HttpRequestMessage(HttpMethod.Post, $"api/{function}");
        if (key is not null)
        {
            byHeader.Headers.Add("x-functions-key", key);
        }

        using var header = await client.SendAsync(byHeader, Cancel);
        using var query = await client.PostAsync($"api/{function}?code={key}", null, Cancel);

        Assert.Equal((expected, expected), (header.StatusCode, query.StatusCode));
    }

    [Theory]
    [InlineData(1000, false, HttpStatusCode.OK)]
    [InlineData(900, true, HttpStatusCode.OK)] // the frames of chunks count as well
    [InlineData(1001, false, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(1001, true, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Post_BodyBeyondTheLimitThatIsSet_IsRefusedWhetherItSaysItsLengthOrNot(int length, bool chunked, HttpStatusCode expected)
    {
        await using var small = await EngineUnderTest.StartAsync(
            azurite.ConnectionString, probe, [typeof(HttpFunctions)], settings: new() { ["FUNCTIONS_REQUEST_BODY_SIZE_LIMIT"] = "1000" });
        using var caller = small.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/measure") { Content = new ByteArrayContent(new byte[length]) };
        request.Headers.TransferEncodingChunked = chunked;

        using var response = await caller.SendAsync(request, Cancel);

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData(100 * 1024 * 1024, HttpStatusCode.OK)]
    [InlineData((100 * 1024 * 1024) + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Post_BodyOfAHundredMebibytes_IsTheLargestThatIsTaken(int length, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/measure") { Content = new ByteArrayContent(new byte[length]) };
        request.Headers.ExpectContinue = true;

        using var response = await client.SendAsync(request, Cancel);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Start_BodyLimitIsNoNumber_IsNamed()
    {
        var exception = await Assert.ThrowsAsync<HostConfigurationException>(() => EngineUnderTest.StartAsync(
            azurite.ConnectionString, probe, [typeof(HttpFunctions)], settings: new() { ["FUNCTIONS_REQUEST_BODY_SIZE_LIMIT"] = "100 MB" }));

        Assert.Contains("FUNCTIONS_REQUEST_BODY_SIZE_LIMIT is '100 MB'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_TraceParent_IsContinued()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/trace");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        using var response = await client.SendAsync(request, Cancel);
        var trace = await response.Content.ReadAsStringAsync(Cancel);

        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", trace, StringComparison.Ordinal);
        Assert.DoesNotContain("b7ad6b7169203331", trace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_RequestRunning_IsStillAnswered()
    {
        probe.Behaviour = (_, token) => Task.Delay(Timeout.Infinite, token).ContinueWith(_ => { }, TaskScheduler.Default);
        var answer = client.GetStringAsync("api/wait", Cancel);
        await probe.NextAsync();

        await engine.StopAsync();

        Assert.Equal("done", await answer);
    }
}
