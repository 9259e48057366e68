namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a binding is called and does.</summary>
public abstract class BindingMetadata
{
    /// <summary>The parameter's name, or <c>$return</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Kind of binding, such as <c>httpTrigger</c> or <c>queue</c>.</summary>
    public abstract string Type { get; }

    public abstract BindingDirection Direction { get; }
}
