namespace PoseFunctions.Inference.Sessions;

/// <summary>How one session is built.</summary>
public sealed record SessionSettings
{
    /// <inheritdoc cref="InferenceOptions.Provider"/>
    public string Provider { get; init; } = ExecutionProvider.Cpu;

    /// <inheritdoc cref="InferenceOptions.ProviderSettings"/>
    public IReadOnlyDictionary<string, string> ProviderSettings { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc cref="InferenceOptions.IntraOpThreads"/>
    public int IntraOpThreads { get; init; }

    /// <inheritdoc cref="InferenceOptions.InterOpThreads"/>
    public int InterOpThreads { get; init; } = 1;

    /// <inheritdoc cref="InferenceOptions.AllowSpinning"/>
    public bool AllowSpinning { get; init; }
}
