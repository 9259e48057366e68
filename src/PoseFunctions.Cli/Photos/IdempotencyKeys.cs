using System.Security.Cryptography;
using System.Text;
using PoseFunctions.Core.Requests;

namespace PoseFunctions.Cli.Photos;

/// <summary>Keys by which the service knows a submission that it has seen before.</summary>
internal static class IdempotencyKeys
{
    /// <summary>
    /// The same for the same photos of the same name and the same request, whenever they are submitted. Names count because the
    /// service takes a known key with another file name for a mistake.
    /// </summary>
    public static async Task<string> FromContentAsync(
        PhotoFile photo, CompanionFiles companions, TransferRequest request, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(TransferRequestJson.Write(request));
        foreach (var file in companions.All.Prepend(photo))
        {
            hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(file.UploadName)));
            await using var content = File.OpenRead(file.Path);
            hash.AppendData(await SHA256.HashDataAsync(content, cancellationToken));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>A key of its own for this one submission: its retries find one job, another submission makes another.</summary>
    public static string Fresh() => Guid.NewGuid().ToString("n");
}
