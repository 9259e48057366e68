using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;

namespace PoseFunctions.Core.Generation.Composition;

/// <summary>Decodes the file of a parsed photo as it stands upright.</summary>
internal static class UprightPicture
{
    /// <summary>The whole photo at a size.</summary>
    /// <returns>An image that the caller disposes.</returns>
    public static RgbImage Decode(IImageCodec codec, byte[] file, ParsedPhoto photo, ImageSize size)
    {
        using var decoded = codec.Decode(file, size.LongSide);
        using var turned = photo.Turns == 0 ? null : decoded.Turned(photo.Turns);
        return codec.Resize(turned ?? decoded, size);
    }
}
