using System.Text.Json.Serialization;

namespace PoseFunctions.Core.Images;

/// <summary>The formats that come in and go out.</summary>
[JsonConverter(typeof(ImageFormatJsonConverter))]
public enum ImageFormat
{
    /// <summary>JPEG, <c>image/jpeg</c>.</summary>
    Jpeg,

    /// <summary>PNG, <c>image/png</c>.</summary>
    Png,

    /// <summary>WebP, <c>image/webp</c>.</summary>
    WebP,

    /// <summary>AVIF, <c>image/avif</c>.</summary>
    Avif,
}
