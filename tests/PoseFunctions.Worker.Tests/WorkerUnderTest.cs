using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Intake;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Worker.Tests;

/// <summary>The worker app as it is composed, over a real storage emulator and real models; the test plays the trigger.</summary>
internal sealed class WorkerUnderTest : IAsyncDisposable
{
    private readonly IHost host;

    private WorkerUnderTest(IHost host) => this.host = host;

    public IServiceProvider Services => host.Services;

    public static async Task<WorkerUnderTest> StartAsync(
        string storage, string? models, CancellationToken cancellationToken, params KeyValuePair<string, string?>[] settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration["Photos"] = storage;
        builder.Configuration["Inference:IntraOpThreads"] = "2";
        if (models is not null)
        {
            builder.Configuration["Inference:ModelsPath"] = models;
        }

        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }

        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddPoseFunctionsWorker();
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return new(host);
    }

    /// <summary>Drops a photo into storage, as any storage tool does.</summary>
    public async Task<JobId> DropAsync(
        string name, byte[] photo, CancellationToken cancellationToken, Dictionary<string, string>? metadata = null)
    {
        metadata ??= [];
        using var content = new MemoryStream(photo);
        var etag = await Services.GetRequiredService<IPhotoStore>().WriteAsync(
            PhotoContainer.Uploads, Tenant.Default, name, content, metadata, cancellationToken);
        return UploadHandler.JobIdOf("default", name, etag, metadata);
    }

    /// <summary>Delivers the upload event, then the job's message; returns what became of the job.</summary>
    public async Task<JobRecord> HandleAsync(string name, JobId id, CancellationToken cancellationToken)
    {
        await DeliverAsync(name, id, cancellationToken);
        return (await Services.GetRequiredService<IJobStore>().FindAsync(id, cancellationToken))!.Record;
    }

    /// <summary>Delivers the upload event, then the job's message.</summary>
    public async Task DeliverAsync(string name, JobId id, CancellationToken cancellationToken)
    {
        await Services.GetRequiredService<UploadHandler>().HandleAsync("default", name, cancellationToken);
        await Services.GetRequiredService<RunJobHandler>().HandleAsync(
            new(JobMessage.CurrentSchemaVersion, id, TraceParent: null), cancellationToken);
    }

    /// <summary>The file of a job's first target.</summary>
    public async Task<byte[]> ResultAsync(JobRecord job, ImageFormat format, CancellationToken cancellationToken)
    {
        await using var content = await Services.GetRequiredService<IResultStore>().OpenAsync(job.Id, job.Targets[0].Index, format, cancellationToken);
        using var copy = new MemoryStream();
        await content!.CopyToAsync(copy, cancellationToken);
        return copy.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
