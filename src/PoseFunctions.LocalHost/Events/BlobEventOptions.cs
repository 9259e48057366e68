using System.ComponentModel.DataAnnotations;

namespace PoseFunctions.LocalHost.Events;

/// <summary>
/// What befalls events between the storage and their consumer. By default nothing does. What is drawn by chance follows
/// from <see cref="Seed"/> and the order of the uploads alone.
/// </summary>
internal sealed record BlobEventOptions
{
    /// <summary>Share of events that are never delivered, 0 to 1.</summary>
    [Range(0.0, 1.0)]
    public double Drop { get; init; }

    /// <summary>Share of events that are delivered <see cref="Copies"/> times, 0 to 1.</summary>
    [Range(0.0, 1.0)]
    public double Double { get; init; }

    /// <summary>How often a doubled event is delivered in all, 2 to 5.</summary>
    [Range(2, 5)]
    public int Copies { get; init; } = 2;

    /// <summary>Each delivery is held back for a time between zero and this, at most an hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Delay { get; init; }

    /// <summary>How many deliveries are collected and made in random order, at most 1000; 0 and 1 leave the order alone.</summary>
    [Range(0, 1000)]
    public int Shuffle { get; init; }

    /// <summary>How long after its first event a window of <see cref="Shuffle"/> events is delivered although not full.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan ShuffleWait { get; init; } = TimeSpan.FromMilliseconds(500);

    public int Seed { get; init; }

    /// <summary>
    /// How many events may wait for their consumer. Past it an upload is still answered at once; its event waits with the
    /// connection, which the client is told to close.
    /// </summary>
    [Range(1, 1_000_000)]
    public int Backlog { get; init; } = 10_000;
}
