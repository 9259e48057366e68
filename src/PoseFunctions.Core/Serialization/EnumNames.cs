namespace PoseFunctions.Core.Serialization;

/// <summary>Reads an enum's value by its name.</summary>
public static class EnumNames
{
    /// <summary>
    /// The value of that name, whatever its case. Numbers are refused, and so are lists: <see cref="Enum.TryParse{TEnum}(string, out TEnum)"/>
    /// reads <c>png,webp</c> as the bits of both, which are a third one's.
    /// </summary>
    public static bool TryParse<TEnum>(string text, out TEnum value)
        where TEnum : struct, Enum => Enum.TryParse(text, ignoreCase: true, out value)
            && value.ToString().Equals(text, StringComparison.OrdinalIgnoreCase)
            && Enum.IsDefined(value);
}
