using System.Globalization;
using System.Text.Json.Serialization;

namespace PoseFunctions.Core.Requests;

/// <summary>What stands behind the person in results.</summary>
[JsonConverter(typeof(BackgroundOptionJsonConverter))]
public sealed record BackgroundOption
{
    /// <summary>What may be said, to follow "must be".</summary>
    public const string Expected = "keep, transparent or a colour such as #f4f4f4";

    private const string KeepName = "keep";
    private const string TransparentName = "transparent";

    private BackgroundOption(string name, (byte R, byte G, byte B)? colour = null)
    {
        Name = name;
        Colour = colour;
    }

    /// <summary>The photo's own, filled where the person stood.</summary>
    public static BackgroundOption Keep { get; } = new(KeepName);

    /// <summary>Nothing; for formats with an opacity: PNG, WebP, AVIF.</summary>
    public static BackgroundOption Transparent { get; } = new(TransparentName);

    /// <summary>As requests write it.</summary>
    public string Name { get; }

    /// <summary>The one colour; null for the others.</summary>
    public (byte R, byte G, byte B)? Colour { get; }

    /// <summary>Reads what requests write, whatever its case.</summary>
    public static bool TryParse(string text, out BackgroundOption background)
    {
        ArgumentNullException.ThrowIfNull(text);
        var name = text.Trim().ToLowerInvariant();
        background = name switch
        {
            TransparentName => Transparent,
            ['#', .. { Length: 6 } digits] when int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb) =>
                new(name, ((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb)),
            _ => Keep,
        };
        return background != Keep || name == KeepName;
    }
}
