using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace PoseFunctions.Inference.Batching;

/// <summary>How waiting requests are joined.</summary>
public sealed class BatchingOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Batching";

    internal const string SizesPattern = "^([1-9][0-9]?(,[1-9][0-9]?)*)?$";

    /// <summary>Most items in one run.</summary>
    [Range(1, 64)]
    public int MaxBatchSize { get; set; } = 8;

    /// <summary>Longest time a lone request waits for company.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan MaxQueueDelay { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Most requests waiting; further callers wait to enter.</summary>
    [Range(1, 4096)]
    public int MaxQueueLength { get; set; } = 256;

    /// <summary>
    /// The only batch sizes that a generator runs with, ascending, such as <c>1,4,8</c>; smaller batches are filled up with
    /// padding. Empty runs every size as it comes, which is right for the CPU.
    /// </summary>
    [RegularExpression(SizesPattern)]
    public string FixedSizes { get; set; } = string.Empty;

    /// <summary><see cref="FixedSizes"/> as numbers.</summary>
    internal IReadOnlyList<int> Fixed =>
        [.. FixedSizes.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(size => int.Parse(size, CultureInfo.InvariantCulture))];
}
