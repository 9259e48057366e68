using Microsoft.ML.OnnxRuntime;

namespace PoseFunctions.Inference.Sessions;

/// <summary>
/// ONNX Runtime's process-wide environment, with one arena of host memory for all sessions: each would otherwise keep for itself
/// what its largest batch once took. Its own log is silent: whatever goes wrong is thrown, so printing it a second time to the
/// console would only alarm whoever cancelled a run on purpose.
/// </summary>
internal static class OnnxEnvironment
{
    private static readonly Lazy<OrtEnv> LazyShared = new(Create);

    /// <summary>The one environment; to be asked for before anything else of the library is used, which would make a loud one.</summary>
    public static OrtEnv Shared => LazyShared.Value;

    private static OrtEnv Create()
    {
        var options = new EnvironmentCreationOptions { logId = "posefunctions", logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        var environment = OrtEnv.CreateInstanceWithOptions(ref options);
        environment.DisableTelemetryEvents();
        using var host = new OrtMemoryInfo("Cpu", OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
        using var defaults = new OrtArenaCfg(maxMemory: 0, arenaExtendStrategy: -1, initialChunkSizeBytes: -1, maxDeadBytesPerChunk: -1);
        environment.CreateAndRegisterAllocator(host, defaults);
        return environment;
    }
}
