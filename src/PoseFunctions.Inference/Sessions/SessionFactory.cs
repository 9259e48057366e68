using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Failures;

namespace PoseFunctions.Inference.Sessions;

/// <summary>
/// Builds sessions with the settings of this process. The first one finds out whether the execution provider is there; where
/// it is not, this and every later one runs on the CPU.
/// </summary>
public sealed partial class SessionFactory(IOptions<InferenceOptions> options, ILogger<SessionFactory> logger)
{
    private readonly InferenceOptions options = options.Value;
    private readonly Lock gate = new();
    private ProviderSelection selection = new(options.Value.Provider, options.Value.Provider, null);

    /// <summary>The provider in use; final once the first session was built.</summary>
    public ProviderSelection Selection
    {
        get
        {
            lock (gate)
            {
                return selection;
            }
        }
    }

    /// <exception cref="MissingDependencyException">ONNX Runtime, or a provider without fallback, is not installed.</exception>
    /// <inheritdoc cref="OnnxSession.Load(string, SessionSettings)"/>
    public OnnxSession Load(string path)
    {
        lock (gate)
        {
            try
            {
                return OnnxSession.Load(path, Settings(selection.Active));
            }
            catch (MissingDependencyException missing)
                when (selection.Active != ExecutionProvider.Cpu && options.FallBackToCpu && missing.InnerException is Native.OrtException)
            {
                var onCpu = OnnxSession.Load(path, Settings(ExecutionProvider.Cpu));
                selection = new(options.Provider, ExecutionProvider.Cpu, missing.Message);
                Log.FellBackToCpu(logger, options.Provider, missing.Message);
                return onCpu;
            }
        }
    }

    private SessionSettings Settings(string provider) => new()
    {
        Provider = provider,
        ProviderSettings = options.ProviderSettings,
        IntraOpThreads = options.IntraOpThreads,
        InterOpThreads = options.InterOpThreads,
        AllowSpinning = options.AllowSpinning,
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Models run on the CPU instead of '{Provider}': {Reason}")]
        public static partial void FellBackToCpu(ILogger logger, string provider, string reason);
    }
}
