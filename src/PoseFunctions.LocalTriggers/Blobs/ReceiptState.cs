namespace PoseFunctions.LocalTriggers.Blobs;

/// <summary>What is known of one version of a blob.</summary>
internal enum ReceiptState
{
    /// <summary>A process has taken it; its claim expires unless renewed.</summary>
    Claimed = 0,

    /// <summary>Its function has run, or it went to the poison queue.</summary>
    Done = 1,
}
