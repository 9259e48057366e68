using System.Diagnostics;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace PoseFunctions.LocalWorker.Invocations;

/// <summary>Runs invocations: a service scope, a span and the app's middleware round the function.</summary>
internal sealed class FunctionPipeline(FunctionPipelineBuilder builder, IServiceScopeFactory scopes)
{
    /// <summary>Name of the source of invocation spans.</summary>
    public const string ActivitySourceName = "PoseFunctions.LocalWorker";

    private static readonly ActivitySource Source = new(ActivitySourceName);

    private readonly FunctionExecutionDelegate pipeline = builder.Build(
        context => ((Invocation)context).Function.ExecuteAsync((Invocation)context));

    /// <summary>Runs a function once and delivers its result.</summary>
    /// <returns>What the function, or middleware in its place, returned.</returns>
    /// <remarks>Whatever the function throws comes out unchanged.</remarks>
    public async Task<object?> RunAsync(BoundFunction function, InvocationInput input, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        using var activity = StartActivity(function, input.Parent);
        var invocation = new Invocation(function, input, scope.ServiceProvider, activity, cancellationToken);
        try
        {
            await pipeline(invocation);
            if (function.WriteResult is { } write)
            {
                await write(invocation);
            }

            return invocation.Result;
        }
        catch (Exception exception)
        {
            activity.SetStatus(ActivityStatusCode.Error, exception.Message);
            throw;
        }
    }

    // Without a listener the source makes no span, but the function must still be able to hand a trace context on.
    private static Activity StartActivity(BoundFunction function, ActivityContext parent)
    {
        var name = function.Declaration.Name;
        var activity = Source.StartActivity(name, ActivityKind.Server, parent);
        if (activity is null)
        {
            activity = new Activity(name);
            if (parent != default)
            {
                activity.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags);
                activity.TraceStateString = parent.TraceState;
            }

            activity.Start();
        }

        activity.SetTag("faas.name", name);
        return activity;
    }
}
