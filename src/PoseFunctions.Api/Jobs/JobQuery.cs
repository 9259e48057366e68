using System.Globalization;
using Microsoft.AspNetCore.Http;
using PoseFunctions.Api.Http;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Serialization;

namespace PoseFunctions.Api.Jobs;

/// <summary>Which jobs a caller wants listed.</summary>
/// <param name="Tenant">Whose; null for all.</param>
/// <param name="State">In which state; null for any.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="Continuation">Where the store goes on; null for the first page.</param>
public sealed record JobQuery(Tenant? Tenant, JobState? State, int Limit, string? Continuation)
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 200;

    /// <summary>Reads <c>state</c>, <c>limit</c> and <c>continuation</c>.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.RequestInvalid"/>.</exception>
    public static JobQuery From(HttpRequest request) => Of(request, request.Tenant());

    /// <summary>The same, for the jobs of all tenants unless the request names one.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.RequestInvalid"/>.</exception>
    public static JobQuery OfAllTenants(HttpRequest request) => Of(request, request.NamedTenant());

    private static JobQuery Of(HttpRequest request, Tenant? tenant) =>
        new(tenant, StateOf(request), LimitOf(request), ContinuationToken.Read(tenant, ValueOf(request, "continuation")));

    private static JobState? StateOf(HttpRequest request) => ValueOf(request, "state") switch
    {
        null => null,
        var text when EnumNames.TryParse<JobState>(text, out var state) => state,
        _ => throw Invalid($"state is one of {string.Join(", ", Enum.GetNames<JobState>()).ToLowerInvariant()}"),
    };

    private static int LimitOf(HttpRequest request) => ValueOf(request, "limit") switch
    {
        null => DefaultLimit,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            && limit is >= 1 and <= MaxLimit => limit,
        _ => throw Invalid($"limit is 1 to {MaxLimit}"),
    };

    private static string? ValueOf(HttpRequest request, string name) =>
        request.Query.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;

    private static RejectedException Invalid(string problem) =>
        new(FailureCodes.RequestInvalid, $"The request is not valid: {problem}.");
}
