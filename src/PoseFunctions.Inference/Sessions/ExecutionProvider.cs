using PoseFunctions.Core.Failures;
using PoseFunctions.Inference.Native;

namespace PoseFunctions.Inference.Sessions;

/// <summary>What runs the operators of a graph, by name.</summary>
public static class ExecutionProvider
{
    /// <summary>The host's processor; always there.</summary>
    public const string Cpu = "cpu";

    /// <summary>NVIDIA GPUs; needs the provider libraries beside the ONNX Runtime library, CUDA and cuDNN.</summary>
    public const string Cuda = "cuda";

    /// <summary>Providers that the installed ONNX Runtime was built with (their libraries may still be missing).</summary>
    /// <exception cref="MissingDependencyException">ONNX Runtime is not installed.</exception>
    public static IReadOnlyList<string> BuiltIn => OrtApi.AvailableProviders();

    /// <exception cref="MissingDependencyException">The provider is not there; the message says what to install.</exception>
    internal static void Append(OrtSessionOptions options, string provider, IReadOnlyDictionary<string, string> settings)
    {
        try
        {
            switch (provider)
            {
                case Cpu:
                    break;
                case Cuda:
                    options.AppendCuda(settings);
                    break;
                default:
                    options.AppendProvider(provider, settings);
                    break;
            }
        }
        catch (OrtException missing)
        {
            throw Missing(provider, missing);
        }
    }

    /// <summary>One sentence that says what to install.</summary>
    internal static MissingDependencyException Missing(string provider, OrtException cause) => new(
        provider == Cuda
            ? $"The execution provider 'cuda' is not available: put the provider libraries of Microsoft.ML.OnnxRuntime.Gpu {OrtLibrary.Version} beside the ONNX "
                + $"Runtime library and install CUDA and cuDNN, or set Inference:Provider to 'cpu' ({cause.NativeMessage.ReplaceLineEndings(" ")})."
            : $"The execution provider '{provider}' is not available: this ONNX Runtime {OrtLibrary.Version} has {string.Join(", ", BuiltIn)} "
                + $"({cause.NativeMessage.ReplaceLineEndings(" ")}).",
        cause);
}
