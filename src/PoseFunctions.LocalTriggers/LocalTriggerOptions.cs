using System.ComponentModel.DataAnnotations;
using Azure.Core;

namespace PoseFunctions.LocalTriggers;

/// <summary>How the local engine works where <c>host.json</c> has no say.</summary>
public sealed class LocalTriggerOptions
{
    /// <summary>Addresses for HTTP functions, separated by semicolons; port 0 takes a free one.</summary>
    [Required]
    public string Urls { get; set; } = "http://127.0.0.1:7071";

    /// <summary>Full path of the host.json to read.</summary>
    [Required]
    public string HostJsonPath { get; set; } = Path.Combine(AppContext.BaseDirectory, "host.json");

    /// <summary>Time between scans of a container in which nothing new is found.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan BlobScanInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether containers are scanned at all; a test that delivers blob events itself turns it off.</summary>
    public bool ScanBlobs { get; set; } = true;

    /// <summary>
    /// How long a blob that a process has taken stays its own without a renewal: after a kill, another takes it up this much later.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan BlobClaimDuration { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Delay before a blob whose function failed is tried again.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan BlobRetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Time between searches for receipts of blobs that are gone.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan ReceiptPruneInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a taken message is hidden from others; renewed at half time while its function runs.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan MessageVisibility { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Shortest pause between looks into an empty queue.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan MinimumPollingInterval { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Longest pause between looks into an empty queue, if host.json does not ask for a shorter one.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan MaximumPollingInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long running functions may go on after the host is told to stop.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ShutdownGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Signs in to storage accounts that are configured by address instead of a connection string.</summary>
    public TokenCredential? Credential { get; set; }
}
