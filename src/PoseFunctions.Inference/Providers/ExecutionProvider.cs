using PoseFunctions.Core.Failures;
using PoseFunctions.Inference.Native;

namespace PoseFunctions.Inference.Providers;

/// <summary>What runs the operators of a graph, by name.</summary>
public static class ExecutionProvider
{
    /// <summary>The host's processor; always there.</summary>
    public const string Cpu = "cpu";

    /// <summary>NVIDIA GPUs; needs the provider libraries beside the ONNX Runtime library, CUDA and cuDNN.</summary>
    public const string Cuda = "cuda";

    /// <summary>NVIDIA GPUs by TensorRT, with CUDA for what it leaves; needs TensorRT besides.</summary>
    public const string TensorRt = "tensorrt";

    /// <summary>Providers that the installed ONNX Runtime was built with (their libraries may still be missing).</summary>
    /// <exception cref="MissingDependencyException">ONNX Runtime is not installed.</exception>
    public static IReadOnlyList<string> BuiltIn => OrtApi.AvailableProviders();

    /// <summary>Whether tensors of the provider lie in an NVIDIA GPU's memory.</summary>
    public static bool IsNvidia(string provider) => provider is Cuda or TensorRt;

    /// <summary>What is tried, in this order, where one is asked for and may be replaced; the CPU stands at the end.</summary>
    internal static IReadOnlyList<string> Candidates(string requested, bool fallBack) => (requested, fallBack) switch
    {
        (Cpu, _) or (_, false) => [requested],
        (TensorRt, _) => [TensorRt, Cuda, Cpu],
        _ => [requested, Cpu],
    };

    /// <exception cref="MissingDependencyException">The provider is not there; the message says what to install.</exception>
    internal static void Append(OrtSessionOptions options, ProviderSetup provider)
    {
        try
        {
            switch (provider.Name)
            {
                case Cpu:
                    break;
                case Cuda:
                    options.AppendCuda(provider.Settings);
                    break;
                case TensorRt:
                    options.AppendTensorRt(provider.Settings);
                    break;
                default:
                    options.AppendProvider(provider.Name, provider.Settings);
                    break;
            }
        }
        catch (OrtException missing)
        {
            throw Missing(provider.Name, missing);
        }
    }

    /// <summary>One sentence that says what to install.</summary>
    internal static MissingDependencyException Missing(string provider, OrtException cause)
    {
        var said = cause.NativeMessage.ReplaceLineEndings(" ");
        return new(
            provider switch
            {
                Cuda => $"The execution provider 'cuda' is not available: put the libraries of Microsoft.ML.OnnxRuntime.Gpu {OrtLibrary.Version} beside one another "
                    + $"in the application's folder and install CUDA and cuDNN, or set Inference:Provider to 'cpu' ({said}).",
                TensorRt => $"The execution provider 'tensorrt' is not available: besides all that 'cuda' needs, install TensorRT, "
                    + $"or set Inference:Provider to 'cuda' or 'cpu' ({said}).",
                _ => $"The execution provider '{provider}' is not available: this ONNX Runtime {OrtLibrary.Version} has {string.Join(", ", BuiltIn)} ({said}).",
            },
            cause);
    }
}
