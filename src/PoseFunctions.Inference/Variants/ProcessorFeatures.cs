using System.Collections.Frozen;
using System.Runtime.Intrinsics.X86;

namespace PoseFunctions.Inference.Variants;

/// <summary>Instruction sets of a processor, by the names of the flags in Linux's <c>/proc/cpuinfo</c>.</summary>
public sealed class ProcessorFeatures
{
    /// <summary>The features that a variant may require.</summary>
    public static readonly FrozenSet<string> Known = FrozenSet.Create(
        StringComparer.Ordinal,
        "avx2", "fma", "f16c", "avx512f", "avx512bw", "avx512_vnni", "avx512_bf16", "avx512_fp16", "avx_vnni", "amx_tile", "amx_int8", "amx_bf16");

    private const string ProcessorInformation = "/proc/cpuinfo";
    private static readonly Lazy<ProcessorFeatures> LazyOfThisMachine = new(Detect);
    private readonly FrozenSet<string> names;

    internal ProcessorFeatures(IEnumerable<string> names) => this.names = names.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What this machine's processor has and its operating system lets programs use.</summary>
    public static ProcessorFeatures OfThisMachine => LazyOfThisMachine.Value;

    public bool Has(string name) => names.Contains(name);

    /// <summary>Reads the flags of the first processor; none where the text has no such line, as on other architectures.</summary>
    internal static IEnumerable<string> ReadFlags(IEnumerable<string> processorInformation) =>
        processorInformation.FirstOrDefault(line => line.StartsWith("flags", StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            : [];

    // The runtime knows the older ones on every system; of the newer ones it knows too few.
    private static ProcessorFeatures Detect() => new(
    [
        .. Avx2.IsSupported ? ["avx2"] : Array.Empty<string>(),
        .. Fma.IsSupported ? ["fma"] : Array.Empty<string>(),
        .. Avx512F.IsSupported ? ["avx512f"] : Array.Empty<string>(),
        .. Avx512BW.IsSupported ? ["avx512bw"] : Array.Empty<string>(),
        .. File.Exists(ProcessorInformation) ? ReadFlags(File.ReadLines(ProcessorInformation)) : [],
    ]);
}
