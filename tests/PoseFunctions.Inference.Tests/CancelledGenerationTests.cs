using PoseFunctions.Core.Images;
using PoseFunctions.Core.Poses;
using PoseFunctions.Inference.Batching;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Sessions;
using PoseFunctions.Testing.Telemetry;
using Xunit;

namespace PoseFunctions.Inference.Tests;

/// <summary>Callers who leave a batch that a real session is running, for minutes if nobody stops it.</summary>
public sealed class CancelledGenerationTests : IAsyncLifetime
{
    private static readonly Pose Nobody = new(new Keypoint[Skeleton.JointCount]);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly RgbImage bright = RgbImage.Rent(new(24, 32));
    private readonly BatchProbe batches = new("endless");
    private OnnxPoseGenerator generator = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        bright.Pixels.Fill(200);
        var model = ModelSession.Load(ManifestReader.Read(TestGraphs.EndlessGenerator), TestGraphs.EndlessGenerator, TestGraphs.Factory());
        generator = new(model, encoderModel: null, new BatchingOptions { MaxBatchSize = 2, MaxQueueDelay = TimeSpan.FromSeconds(1) }, TimeProvider.System);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await generator.DisposeAsync();
        batches.Dispose();
        bright.Dispose();
    }

    [Fact]
    public async Task GenerateAsync_LastMemberLeavesItsBatch_EndsTheRunAndFreesTheSession()
    {
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        Task[] members = [GenerateAsync(bright, first.Token), GenerateAsync(bright, second.Token)];
        Assert.Equal(2, await batches.NextRunningAsync(Cancel));

        await first.CancelAsync();
        Assert.False(members[1].IsCompleted); // the other still wants its image
        await second.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => members[0].WaitAsync(Patience, Cancel));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => members[1].WaitAsync(Patience, Cancel));
        using var black = RgbImage.Rent(new(24, 32));
        black.Pixels.Clear();
        await GenerateAsync(black, Cancel).WaitAsync(Patience, Cancel);
    }

    private async Task GenerateAsync(RgbImage source, CancellationToken cancellationToken)
    {
        using var image = await generator.GenerateAsync(new(source, Nobody, Nobody), cancellationToken);
    }
}
