using System.Runtime.InteropServices;

namespace PoseFunctions.Imaging.Native;

/// <summary>
/// One libvips operation by its nickname, with its arguments: set the inputs, then run it once for its output.
/// Disposing releases the operation; the output lives on.
/// </summary>
internal sealed class VipsOperation : IDisposable
{
    private readonly string name;
    private nint operation;

    public VipsOperation(string name)
    {
        LibVipsLibrary.EnsureReady();
        this.name = name;
        operation = LibVips.NewOperation(name);
        if (operation == 0)
        {
            throw VipsException.Drain(name);
        }
    }

    public VipsOperation With(string argument, VipsImage image)
    {
        GValue value = default;
        LibVips.InitializeValue(ref value, LibVips.ImageType());
        LibVips.SetObject(ref value, image);
        return Set(argument, ref value);
    }

    /// <summary>Sets a whole number; enumerations and flags take their number too.</summary>
    public VipsOperation With(string argument, int content)
    {
        GValue value = default;
        LibVips.InitializeValue(ref value, GValue.Int);
        LibVips.SetInt(ref value, content);
        return Set(argument, ref value);
    }

    public VipsOperation With(string argument, bool content)
    {
        GValue value = default;
        LibVips.InitializeValue(ref value, GValue.Boolean);
        LibVips.SetBoolean(ref value, content ? 1 : 0);
        return Set(argument, ref value);
    }

    public VipsOperation With(string argument, double content)
    {
        GValue value = default;
        LibVips.InitializeValue(ref value, GValue.Double);
        LibVips.SetDouble(ref value, content);
        return Set(argument, ref value);
    }

    public VipsOperation With(string argument, string content)
    {
        GValue value = default;
        LibVips.InitializeValue(ref value, GValue.String);
        LibVips.SetString(ref value, content);
        return Set(argument, ref value);
    }

    public VipsOperation With(string argument, ReadOnlySpan<double> content)
    {
        GValue value = default;
        LibVips.InitializeValue(ref value, LibVips.DoubleArrayType());
        LibVips.SetDoubleArray(ref value, content, content.Length);
        return Set(argument, ref value);
    }

    /// <summary>Sets an encoded image. It is referred to, not copied: keep it pinned as long as the output lives.</summary>
    public VipsOperation With(string argument, PinnedMemory content)
    {
        GValue value = default;
        LibVips.InitializeValue(ref value, LibVips.BlobType());
        LibVips.SetBlob(ref value, 0, content.Address, (nuint)content.Length);
        return Set(argument, ref value);
    }

    /// <summary>Runs the operation and returns its output image, which the caller disposes.</summary>
    /// <exception cref="VipsException">The operation refused its arguments or failed.</exception>
    public VipsImage RunForImage()
    {
        Build();
        GValue value = default;
        LibVips.InitializeValue(ref value, LibVips.ImageType());
        LibVips.GetProperty(operation, "out", ref value);
        VipsImage image = VipsImage.Adopt(LibVips.Reference(LibVips.GetObject(value)));
        LibVips.UnsetValue(ref value);
        return image;
    }

    /// <summary>Runs an encoder and returns a copy of the bytes it made.</summary>
    /// <exception cref="VipsException">The operation refused its arguments or failed.</exception>
    public byte[] RunForBytes()
    {
        Build();
        GValue value = default;
        LibVips.InitializeValue(ref value, LibVips.BlobType());
        LibVips.GetProperty(operation, "buffer", ref value);
        nint data = LibVips.GetBlob(value, out nuint size);
        var bytes = new byte[size];
        Marshal.Copy(data, bytes, 0, bytes.Length);
        LibVips.UnsetValue(ref value);
        return bytes;
    }

    public void Dispose()
    {
        if (operation == 0)
        {
            return;
        }

        LibVips.UnreferenceOutputs(operation);
        LibVips.Unreference(operation);
        operation = 0;
    }

    private VipsOperation Set(string argument, ref GValue value)
    {
        LibVips.SetProperty(operation, argument, value);
        LibVips.UnsetValue(ref value);
        return this;
    }

    private void Build()
    {
        if (LibVips.BuildOperation(ref operation) != 0)
        {
            throw VipsException.Drain(name);
        }
    }
}
