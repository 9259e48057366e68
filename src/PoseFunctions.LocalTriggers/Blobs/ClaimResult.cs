namespace PoseFunctions.LocalTriggers.Blobs;

/// <summary>What came of an attempt to claim: the claim, or when to try again, or neither where the work is done.</summary>
internal readonly record struct ClaimResult(BlobClaim? Claim, DateTimeOffset? RetryAt)
{
    public static ClaimResult Done => default;

    public static ClaimResult Taken(BlobClaim claim) => new(claim, null);

    public static ClaimResult HeldUntil(DateTimeOffset time) => new(null, time);
}
