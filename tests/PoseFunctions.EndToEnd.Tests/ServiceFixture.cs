using PoseFunctions.Testing.Azurite;
using PoseFunctions.Testing.Service;

namespace PoseFunctions.EndToEnd.Tests;

/// <summary>The whole service: a storage emulator of its own and one local host with both apps.</summary>
public sealed class ServiceFixture : IAsyncLifetime
{
    private AzuriteProcess? azurite;
    private LocalHostProcess? host;

    public LocalHostProcess Host => host ?? throw NotStarted();

    public LocalHostArguments Arguments { get; private set; } = new("");

    /// <summary>A client of the service, with its key.</summary>
    public HttpClient CreateClient()
    {
        var client = new HttpClient { BaseAddress = Host.Address, Timeout = TimeSpan.FromMinutes(3) };
        client.DefaultRequestHeaders.Add("x-functions-key", Arguments.Key);
        return client;
    }

    public async ValueTask InitializeAsync()
    {
        azurite = await AzuriteProcess.StartAsync();
        Arguments = new LocalHostArguments(azurite.ConnectionString);
        host = await LocalHostProcess.StartAsync(Arguments, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }

        if (azurite is not null)
        {
            await azurite.DisposeAsync();
        }
    }

    private static InvalidOperationException NotStarted() => new("The fixture is used before xunit has initialised it.");
}
