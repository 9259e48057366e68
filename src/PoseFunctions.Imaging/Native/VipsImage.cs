using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PoseFunctions.Imaging.Native;

/// <summary>
/// A reference to a libvips image: a recipe for pixels that is evaluated when it is written somewhere. Images made from
/// memory refer to that memory; it must stay pinned until the last image derived from it is disposed.
/// </summary>
internal sealed class VipsImage : SafeHandleZeroOrMinusOneIsInvalid
{
    public VipsImage()
        : base(ownsHandle: true)
    {
    }

    public int Width => LibVips.GetWidth(this);

    public int Height => LibVips.GetHeight(this);

    public int Bands => LibVips.GetBands(this);

    public VipsBandFormat Format => LibVips.GetFormat(this);

    public VipsInterpretation Interpretation => LibVips.GetInterpretation(this);

    public int PageCount => LibVips.GetPageCount(this);

    /// <summary>EXIF orientation, 1 to 8; 1 where the file has none.</summary>
    public int Orientation => LibVips.GetOrientation(this);

    public bool HasAlpha => LibVips.HasAlpha(this) != 0;

    /// <summary>Wraps 8-bit interleaved pixels without copying them.</summary>
    public static VipsImage FromPixels(PinnedMemory pixels, int width, int height, int bands) =>
        FromMemory(pixels, width, height, bands, VipsBandFormat.UInt8);

    /// <summary>Wraps interleaved pixels of any format without copying them.</summary>
    public static VipsImage FromMemory(PinnedMemory pixels, int width, int height, int bands, VipsBandFormat format)
    {
        VipsImage image = LibVips.NewImageFromMemory(
            pixels.Address, (nuint)pixels.Length, width, height, bands, format);
        return image.IsInvalid ? throw VipsException.Drain("new_from_memory") : image;
    }

    /// <summary>Evaluates the image into 8-bit interleaved memory of exactly its size.</summary>
    /// <exception cref="VipsException">A step of the recipe failed, such as decoding damaged content.</exception>
    public void WriteTo(PinnedMemory destination)
    {
        using VipsImage target = FromPixels(destination, Width, Height, Bands);
        if (LibVips.WriteImage(this, target) != 0)
        {
            throw VipsException.Drain("write");
        }
    }

    public bool HasMetadata(string name) => LibVips.GetMetadataType(this, name) != 0;

    public byte[] GetMetadata(string name)
    {
        if (LibVips.GetMetadataBlob(this, name, out nint data, out nuint size) != 0)
        {
            throw VipsException.Drain($"get {name}");
        }

        var copy = new byte[size];
        Marshal.Copy(data, copy, 0, copy.Length);
        return copy;
    }

    /// <summary>Attaches a metadata blob. Only for images that nothing else shares, such as the result of <c>copy</c>.</summary>
    public void SetMetadata(string name, ReadOnlySpan<byte> data) =>
        LibVips.SetMetadataBlob(this, name, data, (nuint)data.Length);

    /// <inheritdoc cref="SetMetadata(string, ReadOnlySpan{byte})"/>
    public void SetMetadata(string name, int value) => LibVips.SetMetadataInt(this, name, value);

    /// <inheritdoc cref="SetMetadata(string, ReadOnlySpan{byte})"/>
    public void SetMetadata(string name, string value) => LibVips.SetMetadataString(this, name, value);

    internal static VipsImage Adopt(nint referenced)
    {
        var image = new VipsImage();
        image.SetHandle(referenced);
        return image;
    }

    protected override bool ReleaseHandle()
    {
        LibVips.Unreference(handle);
        return true;
    }
}
