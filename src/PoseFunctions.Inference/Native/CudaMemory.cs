using System.Runtime.InteropServices;
using PoseFunctions.Core.Failures;

namespace PoseFunctions.Inference.Native;

/// <summary>
/// The memory of an NVIDIA GPU, reached through the CUDA runtime that the execution provider itself uses. ONNX Runtime's own
/// copies allocate anew, which a recorded CUDA graph does not survive.
/// </summary>
internal sealed unsafe class CudaMemory : DeviceMemory
{
    private const int HostToDevice = 1;
    private const int DeviceToHost = 2;
    private static readonly string[] Libraries = ["libcudart.so.13", "libcudart.so.12"];
    private readonly delegate* unmanaged<int, int> setDevice;
    private readonly delegate* unmanaged<nint, nint, nuint, int, int> copy;
    private readonly delegate* unmanaged<nint, int> synchronizeStream;

    /// <exception cref="MissingDependencyException">There is no CUDA runtime.</exception>
    public CudaMemory(int id)
    {
        Id = id;
        nint library = 0;
        if (!Libraries.Any(name => NativeLibrary.TryLoad(name, out library)))
        {
            throw new MissingDependencyException(
                $"Tensors cannot be kept on the GPU, because none of {string.Join(", ", Libraries)} can be loaded: install the CUDA runtime, or leave Batching:FixedSizes empty.",
                new DllNotFoundException(Libraries[0]));
        }

        setDevice = (delegate* unmanaged<int, int>)NativeLibrary.GetExport(library, "cudaSetDevice");
        copy = (delegate* unmanaged<nint, nint, nuint, int, int>)NativeLibrary.GetExport(library, "cudaMemcpy");
        synchronizeStream = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "cudaStreamSynchronize");
    }

    public override string Name => "Cuda";

    public override int Id { get; }

    public override void CopyIn(ReadOnlySpan<float> values, nint tensor)
    {
        Check(setDevice(Id), "cudaSetDevice");
        fixed (float* source = values)
        {
            Check(copy(tensor, (nint)source, Bytes(values.Length), HostToDevice), "cudaMemcpy to the GPU");
        }

        // A copy from pageable memory may return while it is under way, and the session's stream does not wait for this one.
        Check(synchronizeStream(0), "cudaStreamSynchronize");
    }

    public override void CopyOut(nint tensor, Span<float> values)
    {
        Check(setDevice(Id), "cudaSetDevice");
        fixed (float* target = values)
        {
            Check(copy((nint)target, tensor, Bytes(values.Length), DeviceToHost), "cudaMemcpy from the GPU");
        }
    }

    private static nuint Bytes(int elements) => (nuint)elements * sizeof(float);

    private static void Check(int status, string call)
    {
        if (status != 0)
        {
            throw new OrtException(OrtErrorCode.ExecutionProviderFail, $"{call} failed with CUDA error {status}");
        }
    }
}
