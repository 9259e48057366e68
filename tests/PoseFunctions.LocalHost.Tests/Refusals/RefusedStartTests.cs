using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PoseFunctions.LocalHost.Tests.Support;
using PoseFunctions.Testing.Azurite;

namespace PoseFunctions.LocalHost.Tests.Refusals;

/// <summary>What the host says instead of running: one sentence on standard error, and exit code 2.</summary>
public sealed class RefusedStartTests(AzuriteFixture azurite)
{
    private const string Start = "The local host cannot run: ";

    [Theory]
    [InlineData("SAMPLE_REFUSAL", "There is no model in 'models'.", "There is no model in 'models'.")]
    [InlineData("SAMPLE_EXCEPTION", "The flux is not compensated.", "The flux is not compensated.")]
    [InlineData(
        "SAMPLE_WITHOUT_ASPNETCORE", "true", "answers HTTP without ASP.NET Core integration, which the local host does not support; call ConfigureFunctionsWebApplication.")]
    public async Task WorkerThatCannotStart_IsTheReason(string setting, string value, string expected)
    {
        await using var host = SampleHost.On(azurite.ConnectionString, settings: new Dictionary<string, string> { [setting] = value });

        var sentence = await RefusalAsync(host);

        Assert.StartsWith($"{Start}PoseFunctions.LocalHost.Sample: ", sentence, StringComparison.Ordinal);
        Assert.EndsWith(expected, sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FunctionTimeout_IsRefused()
    {
        await using var host = SampleHost.On(
            azurite.ConnectionString, environment: new Dictionary<string, string> { ["AzureFunctionsJobHost__functionTimeout"] = "00:05:00" });

        Assert.Contains("sets functionTimeout, which the local host does not support", await RefusalAsync(host), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StorageThatIsNotSet_IsNamed()
    {
        await using var host = SampleHost.On(azurite.ConnectionString, settings: new Dictionary<string, string> { ["AzureWebJobsStorage"] = "" });

        Assert.Contains("AzureWebJobsStorage", await RefusalAsync(host), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PortThatIsTaken_IsNamed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        await using var host = SampleHost.On(azurite.ConnectionString, arguments: ["--port", port]);

        Assert.Contains(port, await RefusalAsync(host), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Apps: it must name the folder of a function app (--app DIR).")]
    [InlineData("Port: The field LocalHostOptions.Port must be between 0 and 65535.", "--app", ".", "--port", "70000")]
    [InlineData("Grace: The field LocalHostOptions.Grace must be between 00:00:00 and 01:00:00.", "--app", ".", "--grace", "2.00:00:00")]
    [InlineData("there is no folder '/does/not/exist'.", "--app", "/does/not/exist")]
    [InlineData("'/' is no built or published isolated-worker app: it has no worker.config.json.", "--app", "/")]
    [InlineData("Unrecognized command or argument '--nonsense'.", "--nonsense")]
    public async Task CommandLineWithoutMeaning_IsRefused(string expected, params string[] arguments)
    {
        await using var process = HostProcess.Start(arguments);

        Assert.Equal($"{Start}{expected}", await RefusalAsync(process));
    }

    private static async Task<string> RefusalAsync(SampleHost host)
    {
        await using var process = host.Begin();
        return await RefusalAsync(process);
    }

    private static async Task<string> RefusalAsync(HostProcess process)
    {
        Assert.Equal(2, await process.ExitAsync());
        Assert.Empty(process.Output);
        Assert.DoesNotContain(process.Log, line => line.TrimStart().StartsWith("at ", StringComparison.Ordinal));
        return Assert.Single(process.Log, line => line.StartsWith(Start, StringComparison.Ordinal));
    }
}
