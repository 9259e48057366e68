using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PoseFunctions.Inference.Batching;

/// <summary>How waiting requests are joined.</summary>
public sealed class BatchingOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Batching";

    /// <summary>Most items in one run.</summary>
    [Range(1, 64)]
    public int MaxBatchSize { get; set; } = 8;

    /// <summary>Longest time a lone request waits for company.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan MaxQueueDelay { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Most requests waiting; further callers wait to enter.</summary>
    [Range(1, 4096)]
    public int MaxQueueLength { get; set; } = 256;
}

[OptionsValidator]
internal sealed partial class ValidateBatchingOptions : IValidateOptions<BatchingOptions>;
