using System.Text;
using PoseFunctions.Core.Failures;

namespace PoseFunctions.Core.Photos;

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
    public static string Check(string tenant, string name) => FindProblem(tenant, name) is { } problem
        ? throw new RejectedException(FailureCodes.RequestInvalid, problem)
        : Join(tenant, name);

    /// <summary>What is wrong with a name, as a sentence; null where a photo can be stored under it.</summary>
    public static string? FindProblem(string tenant, string name)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(name);
        return FindProblem(Join(tenant, name), name.Length == 0) is { } problem ? $"The photo cannot be stored under its name: {problem}." : null;
    }

    private static string? FindProblem(string full, bool isNameless)
    {
        if (isNameless)
        {
            return "it is empty";
        }

        if (full.Length > MaxLength)
        {
            return $"it has {full.Length} characters with its tenant, and {MaxLength} are the most";
        }

        if (full.Contains('\\'))
        {
            return "it has a backslash, which URLs turn into a slash";
        }

        var segments = full.Split('/');
        if (segments.Length > MaxSegments)
        {
            return $"it has more than {MaxSegments} parts between slashes";
        }

        // URLs drop segments that are only dots, and servers drop dots at the end of others.
        if (segments.Any(segment => segment.EndsWith('.')))
        {
            return "a part between slashes ends with a dot";
        }

        // A lone surrogate is enumerated as the replacement character; real ones are refused with it, which harms nobody.
        return full.EnumerateRunes().Any(rune => Rune.IsControl(rune) || rune.Value is 0xFFFD or 0xFFFE or 0xFFFF)
            ? "it has a control character or broken Unicode"
            : null;
    }

    private static string Join(string tenant, string name) => tenant.Length == 0 ? name : $"{tenant}/{name}";
}
