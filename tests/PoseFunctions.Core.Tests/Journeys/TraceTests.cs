using System.Diagnostics;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Running;
using PoseFunctions.Core.Tests.Support;
using PoseFunctions.Core.Tests.Telemetry;
using Xunit;

namespace PoseFunctions.Core.Tests.Journeys;

/// <summary>What a job leaves in the trace of whoever sent its photo.</summary>
public sealed class TraceTests : IDisposable
{
    private readonly SharedStorage shared = new();
    private readonly SpanProbe probe = new();
    private readonly string caller = SpanProbe.NewTraceParent();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => probe.Dispose();

    [Fact]
    public async Task Job_RunByAnotherProcess_EveryStageIsInTheCallersTrace()
    {
        await UploadAsync(RawCodec.Picture(90, 120, 7));
        using var worker = new WorkerProcess(shared);
        await worker.Jobs.HandleAsync(shared.Queue.Receive()!, Cancel);

        Assert.Equal(["parse", "upload", "queue", "generate", "store", "run"], probe.TraceOf(caller).Select(span => span.OperationName));
    }

    [Fact]
    public async Task Job_WokenByAMessageThatKnowsNoTrace_StaysInTheCallersTrace()
    {
        var id = await UploadAsync(RawCodec.Picture(90, 120, 7));
        using var worker = new WorkerProcess(shared);
        await worker.Jobs.HandleAsync(new(JobMessage.CurrentSchemaVersion, id, TraceParent: null), Cancel);

        Assert.Contains(probe.TraceOf(caller), span => span.OperationName == "run");
    }

    [Fact]
    public async Task Job_MessageDeliveredTwice_IsRunOnceInTheTrace()
    {
        await UploadAsync(RawCodec.Picture(90, 120, 7));
        var message = shared.Queue.Receive()!;
        using var worker = new WorkerProcess(shared);
        await worker.Jobs.HandleAsync(message, Cancel);
        await worker.Jobs.HandleAsync(message, Cancel);

        Assert.Single(probe.TraceOf(caller), span => span.OperationName == "run");
    }

    [Fact]
    public async Task Upload_Refused_SaysTheCodeInTheTrace()
    {
        await UploadAsync("<html>"u8.ToArray());

        var upload = Assert.Single(probe.TraceOf(caller), span => span.OperationName == "upload");
        Assert.Equal((ActivityStatusCode.Error, "image_format_unsupported"), (upload.Status, upload.StatusDescription));
    }

    private async Task<JobId> UploadAsync(byte[] content)
    {
        var metadata = new Dictionary<string, string> { [PhotoMetadata.TraceParent] = caller, [PhotoMetadata.Poses] = "front" };
        var etag = shared.Photos.Add(PhotoContainer.Uploads, "default", "photo.raw", content, metadata);
        using var worker = new WorkerProcess(shared);
        await worker.Uploads.HandleAsync("default", "photo.raw", Cancel);
        return JobId.FromUpload(Tenant.Default, "photo.raw", etag);
    }
}
