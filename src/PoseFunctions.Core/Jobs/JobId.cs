using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace PoseFunctions.Core.Jobs;

/// <summary>
/// Identifies a job and finds its record: <c>{tenant}.{32 hex digits}</c>. Derived from what was uploaded or from the caller's
/// idempotency key, so that a repeated event or request finds the record that is already there.
/// </summary>
[JsonConverter(typeof(JobIdJsonConverter))]
public readonly record struct JobId
{
    private const int DigestLength = 32;

    private JobId(Tenant tenant, string digest)
    {
        Tenant = tenant;
        Digest = digest;
    }

    /// <summary>Whose job it is.</summary>
    public Tenant Tenant { get; }

    /// <summary>The 32 lower-case hex digits.</summary>
    public string Digest { get; }

    /// <summary>The job of one version of one uploaded blob. <paramref name="etag"/> is compared without quotes.</summary>
    public static JobId FromUpload(Tenant tenant, string blobName, string etag) =>
        Derive(tenant, "upload", blobName, etag.Trim('"'));

    /// <summary>The job of a caller's idempotency key.</summary>
    public static JobId FromIdempotencyKey(Tenant tenant, string key) => Derive(tenant, "key", key);

    /// <summary>Reads the text form.</summary>
    public static bool TryParse(string? text, out JobId id)
    {
        id = default;
        var dot = text?.LastIndexOf('.') ?? -1;
        if (dot < 0 || !Tenant.TryParse(text![..dot], out var tenant))
        {
            return false;
        }

        var digest = text[(dot + 1)..];
        if (digest.Length != DigestLength || !digest.All(char.IsAsciiHexDigitLower))
        {
            return false;
        }

        id = new(tenant, digest);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Tenant}.{Digest}";

    private static JobId Derive(Tenant tenant, params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(tenant.ToString()));
        foreach (var part in parts)
        {
            // Lengths separate the parts, so that no two different lists hash alike.
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return new(tenant, Convert.ToHexStringLower(hash.GetHashAndReset())[..DigestLength]);
    }
}
