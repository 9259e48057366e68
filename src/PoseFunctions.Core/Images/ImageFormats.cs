using System.Diagnostics;

namespace PoseFunctions.Core.Images;

/// <summary>Media types and file extensions of <see cref="ImageFormat"/>.</summary>
public static class ImageFormats
{
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
