using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PoseFunctions.Core.Intake;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Imaging;
using PoseFunctions.Inference;
using PoseFunctions.Storage;
using PoseFunctions.Testing;
using PoseFunctions.Testing.Azurite;
using PoseFunctions.Testing.Service;

namespace PoseFunctions.Benchmarks;

/// <summary>
/// The published apps under the local host with an emulator, as users run them; and in this process the same codec and models, for
/// the bare work that the service is compared with.
/// </summary>
internal sealed class MeasuredService : IAsyncDisposable
{
    private readonly AzuriteProcess azurite;
    private readonly LocalHostProcess host;
    private readonly IHost bare;
    private int dropped;

    private MeasuredService(AzuriteProcess azurite, LocalHostProcess host, IHost bare) => (this.azurite, this.host, this.bare) = (azurite, host, bare);

    /// <summary>Codec, models and stores in this process.</summary>
    public IServiceProvider Services => bare.Services;

    /// <summary>From the start of the host's process until every function can run.</summary>
    public TimeSpan StartTime => host.StartTime;

    /// <summary>The processes that make up the service, and the emulator, by name.</summary>
    public IReadOnlyDictionary<string, ProcessFigures> Processes => new Dictionary<string, ProcessFigures>
    {
        ["worker app"] = host.Worker,
        ["HTTP app"] = host.Api,
        ["host"] = host.Host,
        ["emulator"] = new(azurite.Id),
    };

    /// <summary>Resident memory of the worker app, in bytes.</summary>
    public long WorkerMemory => host.Worker.Memory;

    private IJobStore Jobs => Services.GetRequiredService<IJobStore>();

    /// <param name="runAtOnce">Whether a worker with nothing else to do runs a job without a way through the queue.</param>
    public static async Task<MeasuredService> StartAsync(bool runAtOnce = true)
    {
        var azurite = await AzuriteProcess.StartAsync();
        var settings = new Dictionary<string, string> { ["Transfers__RunAtOnce"] = runAtOnce.ToString() };
        var host = await LocalHostProcess.StartAsync(new(azurite.ConnectionString) { Settings = settings }, CancellationToken.None);
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Photos"] = host.StorageConnection,
            ["Inference:ModelsPath"] = RepositoryRoot.Combine("models"),
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddImaging();
        builder.Services.AddInference(builder.Configuration);
        builder.Services.AddPoseFunctionsStorage(builder.Configuration);
        var bare = builder.Build();
        await bare.StartAsync();
        return new(azurite, host, bare);
    }

    /// <summary>Drops a photo for one target into storage.</summary>
    public async Task<JobId> DropAsync(byte[] photo)
    {
        var name = $"photo-{Interlocked.Increment(ref dropped)}.jpg";
        var metadata = new Dictionary<string, string> { [PhotoMetadata.Poses] = "front" };
        using var content = new MemoryStream(photo);
        var etag = await Services.GetRequiredService<IPhotoStore>().WriteAsync(
            PhotoContainer.Uploads, Tenant.Default, name, content, metadata, CancellationToken.None);
        return UploadHandler.JobIdOf("default", name, etag, metadata);
    }

    /// <summary>Waits until a job has ended.</summary>
    /// <exception cref="InvalidOperationException">It did not succeed.</exception>
    public async Task<JobRecord> FinishedAsync(JobId id)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (true)
        {
            if ((await Jobs.FindAsync(id, CancellationToken.None))?.Record is { IsFinal: true } record)
            {
                return record.State == JobState.Succeeded
                    ? record
                    : throw new InvalidOperationException($"Job {id} is {record.State}: {record.Failure}");
            }

            await look.WaitForNextTickAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        bare.Dispose();
        await host.StopAsync(CancellationToken.None);
        await host.DisposeAsync();
        await azurite.DisposeAsync();
    }
}
