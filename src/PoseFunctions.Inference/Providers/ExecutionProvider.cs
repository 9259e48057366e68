using Microsoft.ML.OnnxRuntime;
using PoseFunctions.Core.Failures;
using PoseFunctions.Inference.Sessions;

namespace PoseFunctions.Inference.Providers;

/// <summary>What runs the operators of a graph, by name.</summary>
public static class ExecutionProvider
{
    /// <summary>The host's processor; always there.</summary>
    public const string Cpu = "cpu";

    /// <summary>NVIDIA GPUs; needs a build with <c>-p:Accelerator=Cuda</c>, CUDA and cuDNN.</summary>
    public const string Cuda = "cuda";

    /// <summary>NVIDIA GPUs by TensorRT, with CUDA for what it leaves; needs TensorRT besides.</summary>
    public const string TensorRt = "tensorrt";

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
    internal static void Append(SessionOptions options, ProviderSetup provider)
    {
        var settings = new Dictionary<string, string>(provider.Settings);
        try
        {
            switch (provider.Name)
            {
                case Cpu:
                    break;
                case Cuda:
                    using (var cuda = new OrtCUDAProviderOptions())
                    {
                        cuda.UpdateOptions(settings);
                        options.AppendExecutionProvider_CUDA(cuda);
                    }

                    break;
                case TensorRt:
                    using (var tensorRt = new OrtTensorRTProviderOptions())
                    {
                        tensorRt.UpdateOptions(settings);
                        options.AppendExecutionProvider_Tensorrt(tensorRt);
                    }

                    break;
                default:
                    options.AppendExecutionProvider(provider.Name, settings);
                    break;
            }
        }
        catch (OnnxRuntimeException missing)
        {
            throw Missing(provider.Name, new(missing));
        }
    }

    /// <summary>One sentence that says what to install.</summary>
    internal static MissingDependencyException Missing(string provider, InferenceException cause)
    {
        var said = cause.NativeMessage.ReplaceLineEndings(" ").TrimEnd('.');
        return new(
            provider switch
            {
                Cuda => $"The execution provider 'cuda' is not available: build with -p:Accelerator=Cuda and install CUDA 13 and cuDNN 9, "
                    + $"or set Inference:Provider to 'cpu' ({said}).",
                TensorRt => $"The execution provider 'tensorrt' is not available: besides all that 'cuda' needs, install TensorRT 10, "
                    + $"or set Inference:Provider to 'cuda' or 'cpu' ({said}).",
                _ => $"The execution provider '{provider}' is not available: this ONNX Runtime {OnnxEnvironment.Shared.GetVersionString()} has "
                    + $"{string.Join(", ", OnnxEnvironment.Shared.GetAvailableProviders())} ({said}).",
            },
            cause);
    }
}
