using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PoseFunctions.LocalHost.Tests.Support;

namespace PoseFunctions.LocalHost.Tests.Http;

/// <summary>HTTP functions of a running worker, behind the host's own port.</summary>
[Collection(BindingsCollection.Name)]
public sealed class HttpFunctionTests(BindingsFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private HttpClient Http => fixture.Host.Http;

    [Fact]
    public async Task Request_WithRouteQueryAndBody_ReachesTheFunctionWhole()
    {
        using var answer = await Http.PostAsync($"/api/echo/top/7?q=a%20b&code={SampleHost.Key}", new StringContent("body"), Cancel);

        var echo = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal(
            ("top", 7, "a b", "body", "POST"),
            (Text("shelf"), echo.GetProperty("id").GetInt32(), Text("query"), Text("body"), Text("method")));

        string? Text(string name) => echo.GetProperty(name).GetString();
    }

    [Fact]
    public async Task Request_IsForwardedWithTheHostThatTheClientUsed()
    {
        var echo = await Http.GetFromJsonAsync<JsonElement>($"/api/echo/top/7?code={SampleHost.Key}", Cancel);

        Assert.Equal(Http.BaseAddress!.Authority, echo.GetProperty("host").GetString());
    }

    [Fact]
    public async Task Worker_DoesNotGetWhatIsSaidToTheHost()
    {
        var echo = await Http.GetFromJsonAsync<JsonElement>($"/api/echo/top/7?code={SampleHost.Key}", Cancel);

        Assert.Equal(JsonValueKind.Null, echo.GetProperty("hostSetting").ValueKind);
    }

    [Theory]
    [InlineData("/api/echo/top/7", null, HttpStatusCode.Unauthorized)]
    [InlineData("/api/echo/top/7", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("/api/echo/top/7", SampleHost.Key, HttpStatusCode.OK)]
    [InlineData("/api/echo/top/7", SampleHost.MasterKey, HttpStatusCode.OK)]
    [InlineData("/api/closed", null, HttpStatusCode.Unauthorized)]
    [InlineData("/api/closed", SampleHost.Key, HttpStatusCode.Unauthorized)]
    [InlineData("/api/closed", SampleHost.MasterKey, HttpStatusCode.OK)]
    [InlineData("/api/open", null, HttpStatusCode.OK)]
    [InlineData("/admin/host/status", SampleHost.Key, HttpStatusCode.Unauthorized)]
    [InlineData("/admin/host/status", SampleHost.MasterKey, HttpStatusCode.OK)]
    [InlineData("/admin/host/ping", null, HttpStatusCode.OK)]
    public async Task Key_OpensWhatItIsFor(string path, string? key, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null)
        {
            request.Headers.Add("x-functions-key", key);
        }

        using var answer = await Http.SendAsync(request, Cancel);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task FunctionThatThrows_IsAnsweredWith500()
    {
        using var answer = await Http.GetAsync("/api/throw", Cancel);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync(Cancel));
    }

    [Theory]
    [InlineData("GET", "/api/nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/echo/top/seven", HttpStatusCode.NotFound)]
    [InlineData("GET", "/open", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "/api/open", HttpStatusCode.MethodNotAllowed)]
    public async Task Request_ThatNoFunctionTakes_IsRefused(string method, string path, HttpStatusCode expected)
    {
        using var answer = await Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancel);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Body_LongerThanTheFunctionsHostTakes_IsRefused()
    {
        // The client waits for leave to send it, so that it sees the answer in any case.
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/echo/top/7?code={SampleHost.Key}")
        {
            Content = new ByteArrayContent(new byte[104_857_601]),
            Headers = { ExpectContinue = true },
        };

        using var answer = await Http.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Status_SaysThatTheHostRuns()
    {
        var status = await Http.GetFromJsonAsync<JsonElement>($"/admin/host/status?code={SampleHost.MasterKey}", Cancel);

        Assert.Equal((fixture.Host.Prefix, "Running"), (status.GetProperty("id").GetString(), status.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task ClientThatGoesAway_CancelsItsFunction()
    {
        using var impatience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var asking = Http.GetAsync("/api/linger/600000", impatience.Token);
        await fixture.Host.Journal.WaitForAsync("Linger", "begins");

        await impatience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await fixture.Host.Journal.WaitForAsync("Linger", "cancelled");
    }
}
