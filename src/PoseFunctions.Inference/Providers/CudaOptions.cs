using System.ComponentModel.DataAnnotations;

namespace PoseFunctions.Inference.Providers;

/// <summary>How sessions use an NVIDIA GPU. Without meaning on the CPU.</summary>
public sealed class CudaOptions
{
    /// <summary>Which GPU, from 0.</summary>
    [Range(0, 63)]
    public int DeviceId { get; set; }

    /// <summary>Most GPU memory in bytes that each session takes for its tensors; 0 sets no limit.</summary>
    [Range(0, long.MaxValue)]
    public long MemoryLimit { get; set; }

    /// <inheritdoc cref="Providers.ArenaGrowth"/>
    [EnumDataType(typeof(ArenaGrowth))]
    public ArenaGrowth ArenaGrowth { get; set; } = ArenaGrowth.SameAsRequested;

    /// <inheritdoc cref="Providers.ConvolutionSearch"/>
    [EnumDataType(typeof(ConvolutionSearch))]
    public ConvolutionSearch ConvolutionSearch { get; set; } = ConvolutionSearch.Heuristic;

    /// <summary>Whether cuDNN may take as much memory for a convolution as its fastest algorithm needs.</summary>
    public bool LargeConvolutionWorkspace { get; set; } = true;

    /// <summary>Whether copies to and from the GPU wait for the default stream; off only where nothing else uses the GPU.</summary>
    public bool CopyInDefaultStream { get; set; } = true;

    /// <summary>Whether fp32 products may round their factors to 10 bits (TF32): faster from Ampere on, and no longer exact.</summary>
    public bool Tf32 { get; set; }

    /// <summary>Whether convolutions run on channels-last tensors.</summary>
    public bool ChannelsLast { get; set; }

    /// <summary>
    /// Whether each of <c>Batching:FixedSizes</c> is recorded once and then launched as one CUDA graph. Needs those sizes.
    /// </summary>
    public bool Graphs { get; set; }
}
