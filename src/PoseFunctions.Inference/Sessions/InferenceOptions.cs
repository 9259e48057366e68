using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Models;
using PoseFunctions.Inference.Providers;

namespace PoseFunctions.Inference.Sessions;

/// <summary>Where the models are and how their sessions run. Validated at start.</summary>
public sealed class InferenceOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Inference";

    /// <summary>Folder with one folder a model; a relative path starts at the application's folder.</summary>
    [Required]
    public string ModelsPath { get; set; } = "models";

    /// <summary><c>cpu</c>, <c>cuda</c>, <c>tensorrt</c>, or a provider name that ONNX Runtime itself knows, such as <c>XNNPACK</c>.</summary>
    [Required]
    public string Provider { get; set; } = ExecutionProvider.Cpu;

    /// <summary>
    /// The provider's settings by the library's own names, such as <c>sdpa_kernel</c> for CUDA; they win over those of
    /// <see cref="Cuda"/> and <see cref="TensorRt"/>.
    /// </summary>
    public Dictionary<string, string> ProviderSettings { get; set; } = [];

    /// <inheritdoc cref="CudaOptions"/>
    [ValidateObjectMembers]
    public CudaOptions Cuda { get; set; } = new();

    /// <inheritdoc cref="TensorRtOptions"/>
    [ValidateObjectMembers]
    public TensorRtOptions TensorRt { get; set; } = new();

    /// <summary>Whether to go on with the CPU where the provider is not there. Said once in the log, and in health.</summary>
    public bool FallBackToCpu { get; set; } = true;

    /// <summary>
    /// Which of a model's graphs runs: <c>fp32</c>, the exact one, which gives the same image on every machine; <c>auto</c>, the
    /// fastest variant that this machine has the instructions for; or a variant by name.
    /// </summary>
    [Required]
    [RegularExpression("^[a-z0-9-]+$")]
    public string Precision { get; set; } = ModelVariant.Exact;

    /// <summary>Variants less like the exact graph than this, in dB, are never chosen automatically.</summary>
    [Range(0, 200)]
    public double MinimumPsnr { get; set; } = 40;

    /// <summary>Threads inside one operator; 0 takes one a physical core.</summary>
    [Range(0, 256)]
    public int IntraOpThreads { get; set; }

    /// <summary>Operators run side by side where the graph allows; 1 is right for image networks.</summary>
    [Range(1, 256)]
    public int InterOpThreads { get; set; } = 1;

    /// <summary>
    /// Whether idle threads spin while they wait for the next operator: a little faster alone, much slower for everybody else
    /// on the same cores.
    /// </summary>
    public bool AllowSpinning { get; set; }

    /// <summary>Which sessions run once a batch size at start; what is left out costs its first job that time.</summary>
    public WarmUpScope WarmUp { get; set; } = WarmUpScope.Default;

    /// <summary>Model that finds people, by name; needed only where several are installed.</summary>
    public string? PersonModel { get; set; }

    /// <summary>Landmark model by name; needed only where several are installed.</summary>
    public string? LandmarkModel { get; set; }

    /// <summary>Parsing model by name; needed only where several are installed.</summary>
    public string? ParsingModel { get; set; }

    /// <summary>Layout model by name; needed only where several are installed, and none has to be.</summary>
    public string? LayoutModel { get; set; }
}
