using Microsoft.AspNetCore.Http;
using PoseFunctions.Api.Http;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Api.Jobs;

/// <summary>Finds the job that a path names, as far as the caller may know of it.</summary>
internal static class JobFinder
{
    /// <summary>Reads an id. One of another tenant than the caller names is as unknown as one that never was.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.JobUnknown"/>.</exception>
    public static JobId IdOf(HttpRequest request, string text) =>
        JobId.TryParse(text, out var id) && (request.NamedTenant() is not { } tenant || tenant == id.Tenant) ? id : throw Unknown();

    /// <summary>Reads a record.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.JobUnknown"/>.</exception>
    public static async Task<StoredJob> GetAsync(this IJobStore jobs, JobId id, CancellationToken cancellationToken) =>
        await jobs.FindAsync(id, cancellationToken) ?? throw Unknown();

    public static RejectedException Unknown() => new(FailureCodes.JobUnknown, "There is no such job.");
}
