using System.Globalization;
using Microsoft.AspNetCore.Http;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Api.Http;

/// <summary>Paths of jobs and their results, below whatever prefix the host serves this app at.</summary>
public sealed class JobLinks
{
    private readonly string jobs;

    private JobLinks(string jobs) => this.jobs = jobs;

    /// <summary>Links with the prefix of a request to <paramref name="route"/> (its first segment, such as <c>jobs</c>).</summary>
    public static JobLinks Like(HttpRequest request, string route)
    {
        var path = request.Path.Value ?? string.Empty;
        var end = path.IndexOf($"/{route}", StringComparison.OrdinalIgnoreCase);
        return new($"{request.PathBase}{(end < 0 ? string.Empty : path[..end])}/jobs");
    }

    public string Jobs => jobs;

    public string Job(JobId id) => $"{jobs}/{id}";

    public string Cancel(JobId id) => $"{jobs}/{id}/cancel";

    public string Replay(JobId id) => $"{jobs}/{id}/replay";

    public string Result(JobId id, int index) => string.Create(CultureInfo.InvariantCulture, $"{jobs}/{id}/results/{index}");
}
