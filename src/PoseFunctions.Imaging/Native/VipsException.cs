using System.Runtime.InteropServices;

namespace PoseFunctions.Imaging.Native;

/// <summary>A libvips operation failed. The message is what the library wrote into its error buffer.</summary>
internal sealed class VipsException(string operation, string nativeMessage)
    : Exception($"libvips operation '{operation}' failed: {nativeMessage}")
{
    /// <summary>Name of the libvips operation, for example <c>jpegload_buffer</c>.</summary>
    public string Operation { get; } = operation;

    /// <summary>The library's own text, one line.</summary>
    public string NativeMessage { get; } = nativeMessage;

    /// <summary>
    /// Takes the error text out of the library. The buffer is one for all threads, so under load the text may also
    /// carry lines of another thread's failure: good for people, never to be matched in code.
    /// </summary>
    public static VipsException Drain(string operation)
    {
        nint buffer = LibVips.DrainErrorBuffer();
        string text = Marshal.PtrToStringUTF8(buffer) ?? "";
        LibVips.Free(buffer);
        text = string.Join("; ", text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return new VipsException(operation, text.Length == 0 ? "no reason was given" : text);
    }
}
