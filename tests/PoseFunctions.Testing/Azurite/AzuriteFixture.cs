using Xunit;

namespace PoseFunctions.Testing.Azurite;

/// <summary>
/// A running storage emulator for a test assembly (<c>[assembly: AssemblyFixture(typeof(AzuriteFixture))]</c>) or a test
/// class (<c>IClassFixture&lt;AzuriteFixture&gt;</c>). Tests keep apart by taking fresh container and queue names.
/// </summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private AzuriteProcess? azurite;

    /// <summary>A storage connection string for blobs and queues.</summary>
    public string ConnectionString => Azurite.ConnectionString;

    private AzuriteProcess Azurite =>
        azurite ?? throw new InvalidOperationException("The fixture is used before xunit has initialised it.");

    /// <summary>A valid container name that nobody else has.</summary>
    /// <param name="prefix">Lower-case start of the name, at most 30 characters.</param>
    public static string NewContainerName(string prefix = "test") => $"{prefix}-{Guid.NewGuid():n}";

    /// <summary>A valid queue name that nobody else has, short enough that <c>-poison</c> can be added.</summary>
    /// <param name="prefix">Lower-case start of the name, at most 20 characters.</param>
    public static string NewQueueName(string prefix = "test") => $"{prefix}-{Guid.NewGuid():n}";

    public async ValueTask InitializeAsync() => azurite = await AzuriteProcess.StartAsync().ConfigureAwait(false);

    public ValueTask DisposeAsync() => azurite?.DisposeAsync() ?? ValueTask.CompletedTask;
}
