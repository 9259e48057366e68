using System.Buffers;
using PoseFunctions.Core.Failures;

namespace PoseFunctions.Core.Photos;

/// <summary>
/// Metadata keys by which an uploaded photo carries its request. A storage tool sets the plain ones by hand; the API writes the
/// whole request as one.
/// </summary>
public static class PhotoMetadata
{
    /// <summary>Library poses, separated by commas.</summary>
    public const string Poses = "poses";

    /// <summary>Name of a photo in the pose-photos container (without the tenant) whose scene the person is put into.</summary>
    public const string Scene = "scene";

    /// <summary>Names of further photos of the person in the pose-photos container (without the tenant), separated by commas.</summary>
    public const string Sources = "sources";

    /// <summary>Who of the people in the photo is meant: a rule, or a box as four fractions.</summary>
    public const string Person = "person";

    /// <summary>What a stochastic generator draws its noise from.</summary>
    public const string Seed = "seed";

    /// <summary>Generator name.</summary>
    public const string Generator = "generator";

    /// <summary><c>jpeg</c>, <c>png</c>, <c>webp</c> or <c>avif</c>.</summary>
    public const string Format = "format";

    /// <summary>1 to 100.</summary>
    public const string Quality = "quality";

    /// <summary>Long side of the results in pixels.</summary>
    public const string LongSide = "longside";

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public const string KeepBackground = "keepbackground";

    /// <summary><c>keep</c>, <c>transparent</c> or a colour such as <c>#f4f4f4</c>.</summary>
    public const string Background = "background";

    /// <summary>Share of the person that the photo must have shown, 0 to 1.</summary>
    public const string MinCoverage = "mincoverage";

    /// <summary><c>true</c> where limbs may be painted that no photo shows.</summary>
    public const string InventLimbs = "inventlimbs";

    /// <summary>Deadline, ISO 8601 with offset.</summary>
    public const string ExpiresAt = "expiresat";

    /// <summary>Key from which the job's id is derived instead of name and version.</summary>
    public const string IdempotencyKey = "idempotencykey";

    /// <summary>The whole request, as base64 of its JSON. Wins over the plain keys.</summary>
    public const string Request = "request";

    /// <summary>Key in the request store, where the request is too long for metadata.</summary>
    public const string RequestKey = "requestkey";

    /// <summary>W3C trace parent of the request that wrote the photo.</summary>
    public const string TraceParent = "traceparent";

    /// <summary>Hash of the request that came with the idempotency key.</summary>
    public const string Fingerprint = "fingerprint";

    /// <summary>Most characters of all keys and values together.</summary>
    public const int MaxLength = 8 * 1024;

    private static readonly SearchValues<char> HeaderCharacters = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c)]);

    /// <summary>Refuses metadata that cannot be stored unchanged: it travels in HTTP headers.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.RequestInvalid"/>.</exception>
    public static void Check(IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        var length = 0;
        foreach (var (key, value) in metadata)
        {
            length += key.Length + value.Length;
            if (value.AsSpan().ContainsAnyExcept(HeaderCharacters) || value != value.Trim(' ') || value.Length == 0)
            {
                throw new RejectedException(
                    FailureCodes.RequestInvalid, $"The photo's metadata value {key} is empty, has outer spaces or is not printable ASCII.");
            }
        }

        if (length > MaxLength)
        {
            throw new RejectedException(
                FailureCodes.RequestInvalid, $"The photo's metadata has {length} characters, and {MaxLength} are the most.");
        }
    }
}
