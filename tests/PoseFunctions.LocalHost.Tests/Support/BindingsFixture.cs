using PoseFunctions.Testing.Azurite;

namespace PoseFunctions.LocalHost.Tests.Support;

/// <summary>One host, with blob events, for all tests that only look at what functions get.</summary>
public sealed class BindingsFixture(AzuriteFixture azurite) : IAsyncLifetime
{
    internal SampleHost Host { get; } = SampleHost.On(azurite.ConnectionString, arguments: ["--blob-events", "SampleData"]);

    public async ValueTask InitializeAsync() => await Host.StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
