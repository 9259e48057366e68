using System.Buffers.Text;
using System.Text;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Api.Jobs;

/// <summary>
/// What callers send to get the next page: where the store goes on, with the tenant whose listing that is (none for that of all). Stores differ in what
/// they make of a text that is not theirs, so what is recognisable as such never reaches them.
/// </summary>
internal static class ContinuationToken
{
    /// <summary>The token of a page; null for the last one.</summary>
    public static string? Write(Tenant? tenant, string? continuation) =>
        continuation is null ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(PrefixOf(tenant) + continuation));

    /// <summary>Where the store goes on; null for the first page.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.RequestInvalid"/>: no token of this tenant's pages.</exception>
    public static string? Read(Tenant? tenant, string? token)
    {
        if (token is null)
        {
            return null;
        }

        var text = Base64Url.IsValid(token) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)) : string.Empty;
        var prefix = PrefixOf(tenant);
        return text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length
            ? text[prefix.Length..]
            : throw new RejectedException(
                FailureCodes.RequestInvalid, "The request is not valid: continuation is that of the page before, for the same tenant.");
    }

    private static string PrefixOf(Tenant? tenant) => $"{tenant}/";
}
