namespace Microsoft.Azure.Functions.Worker;

/// <summary>One invocation of a function, as seen by the function and by middleware.</summary>
public abstract class FunctionContext
{
    /// <summary>Identifies this invocation.</summary>
    public abstract string InvocationId { get; }

    /// <summary>Identifies the function; the same in every process.</summary>
    public abstract string FunctionId { get; }

    public abstract TraceContext TraceContext { get; }

    public abstract BindingContext BindingContext { get; }

    /// <summary>The attempt this is; null for functions without a retry attribute.</summary>
    public abstract RetryContext RetryContext { get; }

    /// <summary>Services of this invocation: scoped ones live as long as it does.</summary>
    public abstract IServiceProvider InstanceServices { get; set; }

    public abstract FunctionDefinition FunctionDefinition { get; }

    /// <summary>Values that middleware and function share during the invocation.</summary>
    public abstract IDictionary<object, object> Items { get; set; }

    public abstract IInvocationFeatures Features { get; }

    /// <summary>Signalled when the invocation should end early, as on shutdown.</summary>
    public virtual CancellationToken CancellationToken { get; }
}
