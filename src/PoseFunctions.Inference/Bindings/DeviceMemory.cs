using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using PoseFunctions.Inference.Providers;
using PoseFunctions.Inference.Sessions;

namespace PoseFunctions.Inference.Bindings;

/// <summary>Where a session's bound tensors lie: tensors there, and copies to and from them.</summary>
internal sealed class DeviceMemory : IDisposable
{
    private const string CudaLibrary = "libonnxruntime_providers_cuda.so";
    private static readonly Lazy<OrtEnv> Cuda = new(WithCuda);

    private readonly OrtEnv? gpu;
    private readonly OrtMemoryInfo place;
    private readonly OrtAllocator allocator;

    /// <exception cref="OnnxRuntimeException">The provider cannot copy to its device.</exception>
    public DeviceMemory(InferenceSession session, string provider, int deviceId)
    {
        gpu = ExecutionProvider.IsNvidia(provider) ? Cuda.Value : null;
        place = gpu is not null ? OfGpu(deviceId) : new("Cpu", OrtAllocatorType.DeviceAllocator, 0, OrtMemType.Default);
        allocator = new(session, place);
        try
        {
            Try();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>A tensor of the device; its content is undefined.</summary>
    public OrtValue Allocate(long[] shape) => OrtValue.CreateAllocatedTensorValue(allocator, TensorElementType.Float, shape);

    /// <summary>Copies each tensor into the one at the same place of the other list, which has it once this returns.</summary>
    public void Copy(IReadOnlyList<OrtValue> from, IReadOnlyList<OrtValue> to)
    {
        if (gpu is not null)
        {
            gpu.CopyTensors(from, to, stream: null);
            return;
        }

        foreach (var (source, target) in from.Zip(to))
        {
            source.GetTensorDataAsSpan<float>().CopyTo(target.GetTensorMutableDataAsSpan<float>());
        }
    }

    public void Dispose()
    {
        allocator.Dispose();
        place.Dispose();
    }

    internal static OrtMemoryInfo OfGpu(int deviceId) => new("Cuda", OrtAllocatorType.DeviceAllocator, deviceId, OrtMemType.Default);

    // The environment copies by providers that are registered with it, which a session's provider is not by itself.
    private static OrtEnv WithCuda()
    {
        OnnxEnvironment.Shared.RegisterExecutionProviderLibrary("CUDAExecutionProvider", CudaLibrary);
        return OnnxEnvironment.Shared;
    }

    private void Try()
    {
        using var here = new BoundTensors([new("try", new long[] { 1 }, new float[1])]);
        using var there = Allocate([1]);
        Copy(here.Values, [there]);
    }
}
