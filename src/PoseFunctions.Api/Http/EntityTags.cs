using System.Globalization;
using Microsoft.Net.Http.Headers;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Api.Http;

/// <summary>Entity tags of what this API shows.</summary>
internal static class EntityTags
{
    /// <summary>
    /// Tag of a job, from the record's version. Weak, because estimates of waiting time change without the record.
    /// </summary>
    public static string OfJob(string version) => $"W/\"{ValueOf(version)}\"";

    /// <summary>What stands between the quotes of a job's tag.</summary>
    public static string ValueOf(string version) => version.Trim('"');

    /// <summary>Tag of a result: the same bytes for as long as the job did not run again.</summary>
    public static EntityTagHeaderValue OfResult(JobRecord record, int index) =>
        new(string.Create(CultureInfo.InvariantCulture, $"\"{record.Id.Digest}-{index}-{record.FinishedAt?.UtcTicks:x}\""));

    /// <summary>Whether a caller that knows these tags has this one.</summary>
    public static bool Contains(IReadOnlyList<string> known, string tag) => known.Any(candidate => candidate == "*" || candidate == tag);
}
