using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Api.Http;

/// <summary>The request headers that this API gives a meaning of its own.</summary>
internal static class RequestHeaders
{
    public const string TenantHeader = "X-Tenant";
    public const string IdempotencyKeyHeader = "Idempotency-Key";
    public const string PreferHeader = "Prefer";

    private const int MaxIdempotencyKeyLength = 200;
    private const int MaxWaitSeconds = 60;

    /// <summary>The tenant that a caller names; the default one without the header.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.TenantInvalid"/>.</exception>
    public static Tenant Tenant(this HttpRequest request) => request.NamedTenant() ?? Core.Jobs.Tenant.Default;

    /// <summary>The tenant that a caller names, or null.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.TenantInvalid"/>.</exception>
    public static Tenant? NamedTenant(this HttpRequest request) =>
        request.Headers.TryGetValue(TenantHeader, out var value) ? Core.Jobs.Tenant.Parse(value.ToString()) : null;

    /// <summary>The caller's idempotency key, or null.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.RequestInvalid"/>.</exception>
    public static string? IdempotencyKey(this HttpRequest request)
    {
        if (!request.Headers.TryGetValue(IdempotencyKeyHeader, out var value))
        {
            return null;
        }

        // The key travels on as blob metadata, which is sent as a header: visible ASCII only.
        var key = value.ToString();
        return key.Length is >= 1 and <= MaxIdempotencyKeyLength && key.All(character => character is > ' ' and <= '~')
            ? key
            : throw new RejectedException(
                FailureCodes.RequestInvalid,
                $"{IdempotencyKeyHeader} has 1 to {MaxIdempotencyKeyLength} visible ASCII characters and no spaces.");
    }

    /// <summary>
    /// How long the caller would wait for news (<c>Prefer: wait=N</c>, RFC 7240), at most a minute; null without the wish. A
    /// preference that cannot be read is ignored, as the RFC asks.
    /// </summary>
    public static TimeSpan? PreferredWait(this HttpRequest request)
    {
        // Section 2: of a preference that is there more than once, the first one counts.
        var wait = request.Headers.GetCommaSeparatedValues(PreferHeader)
            .Select(text => NameValueWithParametersHeaderValue.TryParse(text, out var preference) ? preference : null)
            .FirstOrDefault(preference => "wait".Equals(preference?.Name, StringComparison.OrdinalIgnoreCase));
        if (wait?.Value?.Trim('"') is not { Length: > 0 } digits || !digits.All(char.IsAsciiDigit))
        {
            return null;
        }

        var seconds = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
        return TimeSpan.FromSeconds(Math.Min(seconds, MaxWaitSeconds));
    }

    /// <summary>The entity tags that the caller has already, without quotes; <c>*</c> stands for any.</summary>
    public static IReadOnlyList<string> KnownTags(this HttpRequest request) =>
        [.. request.GetTypedHeaders().IfNoneMatch.Select(tag => tag.Tag.ToString().Trim('"'))];
}
