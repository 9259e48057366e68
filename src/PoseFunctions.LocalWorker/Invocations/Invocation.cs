using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;

namespace PoseFunctions.LocalWorker.Invocations;

/// <summary>One invocation: the context that function and middleware see, and what only the host knows of it.</summary>
internal sealed class Invocation : FunctionContext
{
    private readonly InvocationInput input;
    private readonly Guid id = Guid.NewGuid();

    public Invocation(
        BoundFunction function,
        InvocationInput input,
        IServiceProvider services,
        Activity activity,
        CancellationToken cancellationToken)
    {
        Function = function;
        this.input = input;
        InstanceServices = services;
        CancellationToken = cancellationToken;
        TraceContext = new InvocationTraceContext(activity);
        BindingContext = new InvocationBindingContext(input.BindingData);
        if (input.HttpContext is { } http)
        {
            Items[FunctionContextExtensions.HttpContextKey] = http;
            http.RequestServices = services;
        }
    }

    public BoundFunction Function { get; }

    public object? TriggerValue => input.TriggerValue;

    public object? Result { get; set; }

    public override string InvocationId => id.ToString();

    public override string FunctionId => Function.Declaration.Id;

    public override TraceContext TraceContext { get; }

    public override BindingContext BindingContext { get; }

    // The real worker, too, has null here for functions without a retry attribute.
    public override RetryContext RetryContext => input.Retry!;

    public override IServiceProvider InstanceServices { get; set; }

    public override FunctionDefinition FunctionDefinition => Function.Definition;

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features { get; } = new InvocationFeatures();

    public override CancellationToken CancellationToken { get; }
}
