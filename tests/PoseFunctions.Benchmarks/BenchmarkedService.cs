using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Transfers;
using PoseFunctions.LocalTriggers;
using PoseFunctions.Worker;

namespace PoseFunctions.Benchmarks;

/// <summary>The worker app under the local trigger engine, in this process, so that its memory and its sessions can be looked at.</summary>
internal sealed class BenchmarkedService : IAsyncDisposable
{
    private readonly IHost host;
    private int dropped;

    private BenchmarkedService(IHost host) => this.host = host;

    public IServiceProvider Services => host.Services;

    private IJobStore Jobs => Services.GetRequiredService<IJobStore>();

    public static async Task<BenchmarkedService> StartAsync(string storage)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.ConfigureFunctionsWebApplication();
        builder.Configuration["Storage"] = storage;
        builder.Configuration["Storage:ConnectionString"] = storage;
        builder.Configuration["AzureWebJobsStorage"] = storage;
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddPoseFunctionsWorker();
        builder.AddLocalTriggers(options => options.Urls = "http://127.0.0.1:0", typeof(WorkerApplication).Assembly);
        var host = builder.Build();
        await host.StartAsync();
        return new(host);
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
        await host.StopAsync();
        host.Dispose();
    }
}
