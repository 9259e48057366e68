using System.ComponentModel.DataAnnotations;

namespace PoseFunctions.LocalTriggers.Configuration;

/// <summary><c>extensions.queues</c>.</summary>
internal sealed record QueueSettings
{
    /// <summary>Messages taken at once.</summary>
    [Range(1, 32)]
    public int BatchSize { get; set; } = 16;

    /// <summary>More are taken once no more than this many are still running; half a batch for each core when not set.</summary>
    [Range(0, 1000)]
    public int? NewBatchThreshold { get; set; }

    /// <summary>Runs a message gets before it goes to the poison queue.</summary>
    [Range(1, 1000)]
    public int MaxDequeueCount { get; set; } = 5;

    /// <summary>How long a message whose function failed stays hidden.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan VisibilityTimeout { get; set; }

    /// <summary>Longest pause between looks into an empty queue.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan MaxPollingInterval { get; set; } = TimeSpan.FromMinutes(1);

    public MessageEncoding MessageEncoding { get; set; } = MessageEncoding.Base64;

    public int RunningBeforeNextBatch => NewBatchThreshold ?? (BatchSize * Environment.ProcessorCount / 2);
}
