namespace Microsoft.Azure.Functions.Worker;

/// <summary>Objects by type that the host and middleware attach to an invocation.</summary>
public interface IInvocationFeatures : IEnumerable<KeyValuePair<Type, object>>
{
    void Set<T>(T instance);

    /// <summary>The object of that type, or null.</summary>
    T? Get<T>();
}
