using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using PoseFunctions.Core.Failures;
using PoseFunctions.Testing.Time;
using PoseFunctions.Worker.Hosting;
using Xunit;

namespace PoseFunctions.Worker.Tests;

public sealed class WorkerReadinessTests
{
    private readonly ApplicationLifetime lifetime = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly FakeTimeProvider clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WaitAsync_WorkComesBeforeTheModelsAreReady_EndsWhenTheyAre()
    {
        using var readiness = new WorkerReadiness(lifetime, clock);
        var early = readiness.WaitAsync(Cancel);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(early.IsCompleted);

        lifetime.NotifyStarted();
        await early;
        await readiness.WaitAsync(Cancel);
    }

    [Fact]
    public async Task WaitAsync_ModelsAreNeverReady_FailsForAnotherWorkerToTry()
    {
        using var readiness = new WorkerReadiness(lifetime, clock);
        var early = readiness.WaitAsync(Cancel);
        clock.Advance(TimeSpan.FromMinutes(10));

        Assert.True((await Assert.ThrowsAsync<InfrastructureException>(() => early)).IsTransient);
    }
}
