using Microsoft.ML.OnnxRuntime;
using PoseFunctions.Core.Failures;
using PoseFunctions.Inference.Providers;

namespace PoseFunctions.Inference.Sessions;

/// <summary>How one session is built.</summary>
public sealed record SessionSettings
{
    /// <summary>Execution providers in the order in which they may take operators; the CPU takes what is left.</summary>
    public IReadOnlyList<ProviderSetup> Providers { get; init; } = [];

    /// <inheritdoc cref="InferenceOptions.IntraOpThreads"/>
    public int IntraOpThreads { get; init; }

    /// <inheritdoc cref="InferenceOptions.InterOpThreads"/>
    public int InterOpThreads { get; init; } = 1;

    /// <inheritdoc cref="InferenceOptions.AllowSpinning"/>
    public bool AllowSpinning { get; init; }

    /// <summary>Batch sizes whose tensors stay where they are on the device from run to run; none binds nothing.</summary>
    public IReadOnlyList<int> BoundBatchSizes { get; init; } = [];

    /// <summary>Whether runs of the bound batch sizes are recorded and replayed as CUDA graphs.</summary>
    public bool Graphs { get; init; }

    /// <summary>Which GPU the bound tensors lie on, where the first provider is NVIDIA's.</summary>
    public int DeviceId { get; init; }

    /// <summary>Name of the provider that comes first.</summary>
    public string Provider => Providers.Count > 0 ? Providers[0].Name : ExecutionProvider.Cpu;

    /// <summary>The same in the library's terms.</summary>
    /// <exception cref="MissingDependencyException">An execution provider is not there.</exception>
    internal SessionOptions ToOptions()
    {
        _ = OnnxEnvironment.Shared; // or the first options would make an environment of their own
        var options = new SessionOptions
        {
            IntraOpNumThreads = IntraOpThreads,
            InterOpNumThreads = InterOpThreads,
            ExecutionMode = InterOpThreads > 1 ? ExecutionMode.ORT_PARALLEL : ExecutionMode.ORT_SEQUENTIAL,
            EnableMemoryPattern = InterOpThreads == 1,
        };
        try
        {
            options.AddSessionConfigEntry("session.intra_op.allow_spinning", AllowSpinning ? "1" : "0");
            options.AddSessionConfigEntry("session.set_denormal_as_zero", "1"); // denormals cost the CPU a hundred times a normal number

            // Not beside a GPU, whose memory would then come from the environment too, and without an arena.
            options.AddSessionConfigEntry("session.use_env_allocators", Providers.Count == 0 ? "1" : "0");
            foreach (var provider in Providers)
            {
                ExecutionProvider.Append(options, provider);
            }

            return options;
        }
        catch
        {
            options.Dispose();
            throw;
        }
    }
}
