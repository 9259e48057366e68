using System.Text;
using PoseFunctions.Core.Failures;

namespace PoseFunctions.Core.Transfers;

/// <summary>
/// Which names a photo can be stored under. Names are data and kept as they are: only what a storage URL cannot carry
/// unchanged is refused, so that a name never reaches another photo, tenant or container than the one it says.
/// </summary>
public static class PhotoNames
{
    /// <summary>Longest <c>{tenant}/{name}</c>, in UTF-16 characters.</summary>
    public const int MaxLength = 1024;

    private const int MaxSegments = 254;

    /// <summary>Returns <c>{tenant}/{name}</c>, or just the name where the tenant is empty (a photo dropped beside the tenants).</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.RequestInvalid"/>.</exception>
    public static string Check(string tenant, string name)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(name);
        var full = tenant.Length == 0 ? name : $"{tenant}/{name}";
        Require(name.Length > 0, "it is empty");
        Require(full.Length <= MaxLength, $"it has {full.Length} characters with its tenant, and {MaxLength} are the most");
        var segments = full.Split('/');
        Require(!full.Contains('\\'), "it has a backslash, which URLs turn into a slash");
        Require(segments.Length <= MaxSegments, $"it has more than {MaxSegments} parts between slashes");
        foreach (var segment in segments)
        {
            // URLs drop these segments, and servers drop dots at their ends.
            Require(!segment.EndsWith('.'), "a part between slashes ends with a dot");
        }

        foreach (var rune in full.EnumerateRunes())
        {
            // A lone surrogate is enumerated as the replacement character; real ones are refused with it, which harms nobody.
            Require(!Rune.IsControl(rune) && rune.Value is not (0xFFFD or 0xFFFE or 0xFFFF), "it has a control character or broken Unicode");
        }

        return full;
    }

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new RejectedException(FailureCodes.RequestInvalid, $"The photo cannot be stored under its name: {problem}.");
        }
    }
}
