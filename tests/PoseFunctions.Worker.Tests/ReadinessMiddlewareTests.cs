using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using PoseFunctions.Core.Failures;
using PoseFunctions.Testing.Time;
using PoseFunctions.Worker.Hosting;
using Xunit;

namespace PoseFunctions.Worker.Tests;

public sealed class ReadinessMiddlewareTests : IDisposable
{
    private readonly ApplicationLifetime lifetime = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly FakeTimeProvider clock = new();
    private readonly WorkerReadiness readiness;
    private readonly ReadinessMiddleware middleware;
    private int runs;

    public ReadinessMiddlewareTests()
    {
        readiness = new(lifetime, clock);
        middleware = new(readiness);
    }

    [Fact]
    public async Task Invoke_BeforeTheModelsAreReady_RunsTheFunctionOnlyThen()
    {
        var invocation = InvokeAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, false), (runs, invocation.IsCompleted));

        lifetime.NotifyStarted();
        await invocation;

        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Invoke_ModelsAreNeverReady_FailsWithoutRunningTheFunction()
    {
        var invocation = InvokeAsync(TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromMinutes(10));

        await Assert.ThrowsAsync<InfrastructureException>(() => invocation);
        Assert.Equal(0, runs);
    }

    [Fact]
    public async Task Invoke_CancelledByTheHostMeanwhile_EndsWithoutRunningTheFunction()
    {
        using var cancellation = new CancellationTokenSource();
        var invocation = InvokeAsync(cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => invocation);
        Assert.Equal(0, runs);
    }

    public void Dispose() => readiness.Dispose();

    private Task InvokeAsync(CancellationToken cancellationToken) => middleware.Invoke(
        new CancellableContext(cancellationToken),
        _ =>
        {
            runs++;
            return Task.CompletedTask;
        });

    /// <summary>An invocation of which nothing matters but that the host may cancel it.</summary>
    private sealed class CancellableContext(CancellationToken cancellationToken) : FunctionContext
    {
        public override CancellationToken CancellationToken => cancellationToken;

        public override string InvocationId => throw new NotSupportedException();

        public override string FunctionId => throw new NotSupportedException();

        public override TraceContext TraceContext => throw new NotSupportedException();

        public override BindingContext BindingContext => throw new NotSupportedException();

        public override RetryContext RetryContext => throw new NotSupportedException();

        public override IServiceProvider InstanceServices { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override FunctionDefinition FunctionDefinition => throw new NotSupportedException();

        public override IDictionary<object, object> Items { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override IInvocationFeatures Features => throw new NotSupportedException();
    }
}
