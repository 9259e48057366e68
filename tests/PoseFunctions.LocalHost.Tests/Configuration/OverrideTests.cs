using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PoseFunctions.LocalHost.Tests.Support;
using PoseFunctions.Testing.Azurite;

namespace PoseFunctions.LocalHost.Tests.Configuration;

/// <summary>What wins over host.json and over settings in files.</summary>
public sealed class OverrideTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Environment_WinsOverHostJsonAndOverSettingsInFiles()
    {
        await using var host = SampleHost.On(
            azurite.ConnectionString,
            settings: new Dictionary<string, string>
            {
                ["SAMPLE_SETTING"] = "file",
                ["AzureFunctionsJobHost__extensions__queues__maxDequeueCount"] = "2",
            },
            environment: new Dictionary<string, string>
            {
                ["SAMPLE_SETTING"] = "environment",
                ["AzureFunctionsJobHost__extensions__queues__maxDequeueCount"] = "1",
            });
        await host.StartAsync();

        var echo = await host.Http.GetFromJsonAsync<JsonElement>($"/api/echo/top/1?code={SampleHost.Key}", Cancel);
        await host.SendAsync("fail", "once");
        await host.Journal.WaitForAsync("QueuePoison", "once");

        Assert.Equal("environment", echo.GetProperty("setting").GetString());
        Assert.Equal(["once 1"], host.Journal.Of("QueueFail"));
    }

    [Fact]
    public async Task Keys_ThatAreNotGiven_AreRandom()
    {
        using var app = new CopiedApp(azurite.ConnectionString);
        await using var process = HostProcess.Start(["--app", app.Folder, "--port", "0"]);
        await process.ReadyAsync();
        using var http = new HttpClient { BaseAddress = process.Address };

        using var answer = await http.GetAsync("/api/echo/top/1?code=", Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal([$"listening {process.Address.GetLeftPart(UriPartial.Authority)}"], process.Output);
    }
}
