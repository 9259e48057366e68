using System.Globalization;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Storage.Jobs;

/// <summary>Names and metadata of job records in storage.</summary>
internal static class JobBlobs
{
    private const string Suffix = ".json";
    private const string StateKey = "state";
    private const string OwnerKey = "owner";
    private const string UpdatedAtKey = "updatedat";
    private const string ExpiresAtKey = "expiresat";

    public static string NameOf(JobId id) => $"{id.Tenant}/{id.Digest}{Suffix}";

    public static bool TryParseName(string name, out JobId id)
    {
        id = default;
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            && name.EndsWith(Suffix, StringComparison.Ordinal)
            && JobId.TryParse($"{name[..slash]}.{name[(slash + 1)..^Suffix.Length]}", out id);
    }

    public static JobSummary Summarise(JobRecord record) =>
        new(record.Id, record.State, record.Claim?.Owner, record.UpdatedAt, record.Request.ExpiresAt);

    public static Dictionary<string, string> MetadataOf(JobRecord record)
    {
        var metadata = new Dictionary<string, string>
        {
            [StateKey] = record.State.ToString(),
            [UpdatedAtKey] = Text(record.UpdatedAt),
        };
        if (record.Claim is { } claim)
        {
            // Headers carry ASCII only.
            metadata[OwnerKey] = Uri.EscapeDataString(claim.Owner);
        }

        if (record.Request.ExpiresAt is { } expiresAt)
        {
            metadata[ExpiresAtKey] = Text(expiresAt);
        }

        return metadata;
    }

    /// <summary>What the metadata tells; null when it is incomplete.</summary>
    public static JobSummary? Summarise(JobId id, IDictionary<string, string> metadata) =>
        metadata.TryGetValue(StateKey, out var stateText)
        && Enum.TryParse<JobState>(stateText, ignoreCase: true, out var state)
        && Enum.IsDefined(state)
        && Time(metadata, UpdatedAtKey) is { } updatedAt
            ? new(
                id,
                state,
                metadata.TryGetValue(OwnerKey, out var owner) ? Uri.UnescapeDataString(owner) : null,
                updatedAt,
                Time(metadata, ExpiresAtKey))
            : null;

    private static string Text(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(IDictionary<string, string> metadata, string key) =>
        metadata.TryGetValue(key, out var text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            ? time
            : null;
}
