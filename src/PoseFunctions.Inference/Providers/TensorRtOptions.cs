using System.ComponentModel.DataAnnotations;

namespace PoseFunctions.Inference.Providers;

/// <summary>How TensorRT builds and keeps its engines. Without meaning for other providers.</summary>
public sealed class TensorRtOptions
{
    /// <summary>Folder of built engines; empty keeps none, and every start builds them anew, for minutes.</summary>
    public string EngineCachePath { get; set; } = string.Empty;

    /// <summary>Folder of the timings that engines are built by; empty keeps none.</summary>
    public string TimingCachePath { get; set; } = string.Empty;

    /// <summary>Whether layers may count in 16 bits. Faster, and no longer exact.</summary>
    public bool Fp16 { get; set; }

    /// <summary>Most GPU memory in bytes that building may take; 0 leaves it to TensorRT.</summary>
    [Range(0, long.MaxValue)]
    public long WorkspaceLimit { get; set; }

    /// <summary>How hard to search for fast kernels: 0 builds soonest, 5 runs fastest.</summary>
    [Range(0, 5)]
    public int OptimizationLevel { get; set; } = 3;
}
