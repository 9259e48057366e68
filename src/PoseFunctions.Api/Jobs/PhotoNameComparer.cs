using System.Text;
using ADRaffy.ENSNormalize;

namespace PoseFunctions.Api.Jobs;

/// <summary>
/// Compares names as their readers do: file systems write the same letters in different Unicode normal forms, and who types a name
/// cannot see in which.
/// </summary>
internal sealed class PhotoNameComparer : IEqualityComparer<string>
{
    private PhotoNameComparer()
    {
    }

    /// <summary>The comparer.</summary>
    public static PhotoNameComparer Instance { get; } = new();

    /// <summary>A name in normal form C.</summary>
    public static string Compose(string name) => Ascii.IsValid(name) ? name : ENSNormalize.NF.NFC(name);

    /// <inheritdoc/>
    public bool Equals(string? x, string? y) =>
        string.Equals(x, y, StringComparison.Ordinal)
        || (x is not null && y is not null && string.Equals(Compose(x), Compose(y), StringComparison.Ordinal));

    /// <inheritdoc/>
    public int GetHashCode(string obj) => Compose(obj).GetHashCode(StringComparison.Ordinal);
}
