namespace PoseFunctions.Inference.Providers;

/// <summary>An execution provider with its settings, both as the library names them.</summary>
/// <param name="Name">One of <see cref="ExecutionProvider"/>, or a name that the library knows.</param>
/// <param name="Settings">Values by name; what is not named keeps the library's default.</param>
public sealed record ProviderSetup(string Name, IReadOnlyDictionary<string, string> Settings)
{
    public ProviderSetup(string name)
        : this(name, new Dictionary<string, string>())
    {
    }
}
