using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PoseFunctions.Core.Running;

/// <summary>How jobs are worked on.</summary>
public sealed class TransferOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Transfers";

    /// <summary>Generator of jobs that name none.</summary>
    [Required]
    public string DefaultGenerator { get; set; } = "flow-transfer";

    /// <summary>Library poses of uploads that ask for nothing, separated by commas.</summary>
    [Required]
    public string DefaultPoses { get; set; } = "front,three-quarter-left,side-right,walking";

    /// <summary>
    /// Whether a worker with nothing else to do runs the job of a photo as soon as it has parsed it, without a way through the queue.
    /// </summary>
    public bool RunAtOnce { get; set; } = true;

    /// <summary>
    /// Claims after which a job is given up. High, because a claim also counts when its worker is killed by something else.
    /// </summary>
    [Range(1, 1000)]
    public int MaxAttempts { get; set; } = 25;

    /// <summary>How long a worker's lease, and with it its claims, outlives its last sign of life.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a worker renews its lease.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Age from which the sweep takes an untouched upload or job for missed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MissedAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after its own photo a job waits for the others that its request names: further ones of the person, and the scene.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan CompanionWait { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Long side of results that ask for none: the photo's, but at most this many pixels.</summary>
    [Range(16, 4096)]
    public int DefaultLongSide { get; set; } = 1024;
}

[OptionsValidator]
internal sealed partial class ValidateTransferOptions : IValidateOptions<TransferOptions>;
