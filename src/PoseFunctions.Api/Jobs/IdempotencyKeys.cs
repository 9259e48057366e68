using System.Security.Cryptography;

namespace PoseFunctions.Api.Jobs;

/// <summary>Keys for callers that bring none. With one, every job of this API has an id before its photo is stored.</summary>
internal static class IdempotencyKeys
{
    /// <summary>128 random bits.</summary>
    public static string New() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
