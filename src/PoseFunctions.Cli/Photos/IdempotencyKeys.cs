using System.Security.Cryptography;
using PoseFunctions.Core.Transfers;

namespace PoseFunctions.Cli.Photos;

/// <summary>Keys by which the service knows a submission that it has seen before.</summary>
internal static class IdempotencyKeys
{
    /// <summary>The same for the same photos and the same request, whenever and wherever they are submitted.</summary>
    public static async Task<string> FromContentAsync(
        PhotoFile photo, PhotoFile? scene, TransferRequest request, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(TransferRequestJson.Write(request));
        foreach (var file in new[] { photo, scene }.OfType<PhotoFile>())
        {
            await using var content = File.OpenRead(file.Path);
            hash.AppendData(await SHA256.HashDataAsync(content, cancellationToken));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>A key of its own for this one submission: its retries find one job, another submission makes another.</summary>
    public static string Fresh() => Guid.NewGuid().ToString("n");
}
