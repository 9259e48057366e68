using System.Diagnostics;

namespace PoseFunctions.Core.Images;

/// <summary>Names, media types and file extensions of <see cref="ImageFormat"/>.</summary>
public static class ImageFormats
{
    /// <summary>What <see cref="TryParse"/> reads, to follow "must be".</summary>
    public const string Expected = "jpeg, png, webp or avif";

    private const string MediaTypePrefix = "image/";

    /// <summary>The format of a name, a file extension or a media type, whatever its case.</summary>
    public static bool TryParse(string text, out ImageFormat format)
    {
        ArgumentNullException.ThrowIfNull(text);
        var name = text.Trim().ToLowerInvariant();
        ImageFormat? found = (name.StartsWith(MediaTypePrefix, StringComparison.Ordinal) ? name[MediaTypePrefix.Length..] : name) switch
        {
            "jpeg" or "jpg" => ImageFormat.Jpeg,
            "png" => ImageFormat.Png,
            "webp" => ImageFormat.WebP,
            "avif" => ImageFormat.Avif,
            _ => null,
        };
        format = found ?? default;
        return found is not null;
    }

    /// <summary>How requests and records name it.</summary>
    public static string Name(this ImageFormat format) => format.MediaType()[MediaTypePrefix.Length..];

    /// <summary>The IANA media type.</summary>
    public static string MediaType(this ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => "image/jpeg",
        ImageFormat.Png => "image/png",
        ImageFormat.WebP => "image/webp",
        ImageFormat.Avif => "image/avif",
        _ => throw new UnreachableException(),
    };

    /// <summary>The usual file extension, without a dot.</summary>
    public static string Extension(this ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => "jpg",
        ImageFormat.Png => "png",
        ImageFormat.WebP => "webp",
        ImageFormat.Avif => "avif",
        _ => throw new UnreachableException(),
    };
}
