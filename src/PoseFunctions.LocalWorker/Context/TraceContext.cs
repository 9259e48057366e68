namespace Microsoft.Azure.Functions.Worker;

/// <summary>The W3C trace context of an invocation.</summary>
public abstract class TraceContext
{
    /// <summary>The <c>traceparent</c> of the invocation's own span.</summary>
    public abstract string TraceParent { get; }

    public abstract string TraceState { get; }
}
