using PoseFunctions.LocalHost.Tests.Support;
using PoseFunctions.Testing.Azurite;

namespace PoseFunctions.LocalHost.Tests.Configuration;

/// <summary>That the command line reaches the source of events, whose own tests say what it does with it.</summary>
public sealed class EventKnobTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Events_ThatAreDoubled_RunTheFunctionTwice()
    {
        await using var host = SampleHost.On(azurite.ConnectionString, arguments: ["--blob-events", "SampleData", "--events-double", "1"]);
        await host.StartAsync();
        var container = await host.ContainerAsync("event", overEvents: true);

        await container.UploadBlobAsync("a.txt", BinaryData.FromString("content"), TestContext.Current.CancellationToken);

        Assert.Equal(["a.txt content", "a.txt content"], await host.Journal.WaitForAsync("EventClient", count: 2));
    }

    [Theory]
    [InlineData("--blob-events: no app has a setting Missing with a connection string.", "--blob-events", "Missing")]
    [InlineData("Drop: The field BlobEventOptions.Drop must be between 0 and 1.", "--blob-events", "SampleData", "--events-drop", "2")]
    public async Task Events_AskedForWithoutMeaning_AreRefused(string expected, params string[] arguments)
    {
        await using var host = SampleHost.On(azurite.ConnectionString, arguments: arguments);
        await using var process = host.Begin();

        Assert.Equal(2, await process.ExitAsync());
        Assert.Equal($"The local host cannot run: {expected}", process.Log.Last());
    }
}
