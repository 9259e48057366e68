using System.Net.Http.Json;
using System.Text.Json;
using Azure.Storage.Queues;
using PoseFunctions.LocalHost.Tests.Support;
using PoseFunctions.Testing.Azurite;

namespace PoseFunctions.LocalHost.Tests.Configuration;

/// <summary>Two copies of the sample app in one host, each with a host.json and settings of its own.</summary>
public sealed class SeveralAppsTests(AzuriteFixture azurite)
{
    private static readonly QueueClientOptions Base64 = new() { MessageEncoding = QueueMessageEncoding.Base64 };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Apps_InOneHost_KeepTheirHostJsonAndSettings()
    {
        using var first = new CopiedApp(azurite.ConnectionString, KeyValuePair.Create("SAMPLE_SETTING", "first"));
        using var second = new CopiedApp(azurite.ConnectionString, KeyValuePair.Create("SAMPLE_SETTING", "second"));
        second.Change("host.json", host => host["extensions"]!["http"]!["routePrefix"] = "second");
        second.Change("host.json", host => host["extensions"]!["queues"]!["maxDequeueCount"] = 1);
        await using var process = HostProcess.Start(["--app", first.Folder, "--app", second.Folder, "--port", "0", "--key", "key"]);
        await process.ReadyAsync();
        using var http = new HttpClient { BaseAddress = process.Address };

        await Task.WhenAll(SendAsync(first, "to the first"), SendAsync(second, "to the second"));
        await first.Journal.WaitForAsync("QueuePoison", "to the first");
        await second.Journal.WaitForAsync("QueuePoison", "to the second");

        Assert.Equal(["to the first 1", "to the first 2", "to the first 3"], first.Journal.Of("QueueFail"));
        Assert.Equal(["to the second 1"], second.Journal.Of("QueueFail"));
        Assert.Equal(("first", "second"), (await SettingAsync("/api/echo/top/1"), await SettingAsync("/second/echo/top/1")));
        Assert.Equal(2, Processes.ChildrenOf(process.Id).Count);

        async Task<string?> SettingAsync(string path) =>
            (await http.GetFromJsonAsync<JsonElement>($"{path}?code=key", Cancel)).GetProperty("setting").GetString();
    }

    [Fact]
    public async Task Apps_WithTheSameRoutes_AreRefused()
    {
        using var first = new CopiedApp(azurite.ConnectionString);
        using var second = new CopiedApp(azurite.ConnectionString);
        await using var process = HostProcess.Start(["--app", first.Folder, "--app", second.Folder, "--port", "0"]);

        Assert.Equal(2, await process.ExitAsync());
        Assert.Contains(process.Log, line => line.EndsWith("have the same route, /api/echo/{shelf}/{id:int}.", StringComparison.Ordinal));
    }

    private async Task SendAsync(CopiedApp app, string message)
    {
        var queue = new QueueClient(azurite.ConnectionString, $"{app.Prefix}-fail", Base64);
        await queue.CreateIfNotExistsAsync(cancellationToken: Cancel);
        await queue.SendMessageAsync(message, Cancel);
    }
}
