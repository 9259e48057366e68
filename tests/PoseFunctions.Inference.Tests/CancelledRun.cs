using PoseFunctions.Inference.Sessions;
using Xunit;

namespace PoseFunctions.Inference.Tests;

/// <summary>A run of <see cref="TestGraphs.Slow"/> that is cancelled on the way.</summary>
internal static class CancelledRun
{
    /// <summary>Fails where the run goes on to its end.</summary>
    public static async Task AssertStopsAsync(OnnxSession session, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var started = new TaskCompletionSource();
        var run = Task.Run(
            () =>
            {
                started.SetResult();
                session.Run([new("x", new long[] { 64, 64 }, new float[4096])], [new("y", new long[] { 64, 64 }, new float[4096])], stop.Token);
            },
            cancellationToken);

        await started.Task;
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken));
    }
}
