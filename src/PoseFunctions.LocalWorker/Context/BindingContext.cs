namespace Microsoft.Azure.Functions.Worker;

/// <summary>What the trigger tells beside its main value.</summary>
public abstract class BindingContext
{
    /// <summary>Values by name (path tokens, route values, message properties); names ignore case.</summary>
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}
