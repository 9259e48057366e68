namespace PoseFunctions.Core.Running;

/// <summary>Approximate length of the jobs queue and insertion time of the message at its front (null when empty).</summary>
public sealed record QueueDepth(int Messages, DateTimeOffset? OldestInsertedAt);
