using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PoseFunctions.LocalHost.Events;
using PoseFunctions.Testing.Azurite;

namespace PoseFunctions.LocalHost.Tests.Events;

/// <summary>A running source before the emulator, and a container of its own that is reached through it.</summary>
internal sealed class SourceUnderTest : IAsyncDisposable
{
    private readonly BlobEventSource source;

    private SourceUnderTest(BlobEventSource source, BlobContainerClient container)
    {
        this.source = source;
        Container = container;
    }

    public BlobContainerClient Container { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<SourceUnderTest> StartAsync(
        AzuriteFixture azurite,
        IBlobEventSink sink,
        BlobEventOptions? options = null,
        TimeProvider? clock = null,
        ILoggerFactory? loggers = null)
    {
        var source = await BlobEventSource.StartAsync(
            EmulatorConnection.Parse(azurite.ConnectionString),
            options ?? new BlobEventOptions(),
            sink,
            clock ?? TimeProvider.System,
            loggers ?? NullLoggerFactory.Instance,
            Cancellation);
        var container = new BlobContainerClient(source.ConnectionString, AzuriteFixture.NewContainerName());
        await container.CreateAsync(cancellationToken: Cancellation);
        return new SourceUnderTest(source, container);
    }

    public Task UploadAsync(string name) => Container.UploadBlobAsync(name, BinaryData.FromString("x"), Cancellation);

    /// <summary>Stops the source, which delivers whatever is under way.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => source.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
