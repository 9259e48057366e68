using System.Runtime.InteropServices;
using System.Text;

namespace PoseFunctions.Inference.Native;

/// <summary>What every call into ONNX Runtime needs: its address, its status checked, its strings in and out.</summary>
internal static unsafe class OrtApi
{
    private static readonly Lazy<nint> DefaultAllocator = new(FindDefaultAllocator);

    /// <summary>The allocator that owns the strings the library hands out.</summary>
    public static nint Allocator => DefaultAllocator.Value;

    public static void* Entry(OrtEntry entry) => (void*)OrtLibrary.Table[(int)entry];

    /// <exception cref="OrtException">The status is an error; it is released.</exception>
    public static void Check(nint status)
    {
        if (status == 0)
        {
            return;
        }

        var code = (OrtErrorCode)((delegate* unmanaged<nint, int>)Entry(OrtEntry.GetErrorCode))(status);
        var message = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint, nint>)Entry(OrtEntry.GetErrorMessage))(status)) ?? "no message";
        ((delegate* unmanaged<nint, void>)Entry(OrtEntry.ReleaseStatus))(status);
        throw new OrtException(code, message);
    }

    /// <summary>A zero-terminated string on the pinned heap: its address is valid as long as the array is referenced.</summary>
    public static byte[] PinnedUtf8(string text)
    {
        var pinned = GC.AllocateArray<byte>(Encoding.UTF8.GetByteCount(text) + 1, pinned: true);
        Encoding.UTF8.GetBytes(text, pinned);
        return pinned;
    }

    /// <summary>The address of an array that lies on the pinned heap.</summary>
    public static byte* AddressOf(byte[] pinned) => (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);

    /// <summary>Reads a string that the default allocator made, and frees it.</summary>
    public static string TakeString(nint text)
    {
        var result = Marshal.PtrToStringUTF8(text) ?? string.Empty;
        Free(text);
        return result;
    }

    public static void Free(nint memory) =>
        Check(((delegate* unmanaged<nint, nint, nint>)Entry(OrtEntry.AllocatorFree))(Allocator, memory));

    /// <summary>Names of the execution providers that this build of the library was compiled with.</summary>
    public static IReadOnlyList<string> AvailableProviders()
    {
        nint* names;
        int count;
        Check(((delegate* unmanaged<nint**, int*, nint>)Entry(OrtEntry.GetAvailableProviders))(&names, &count));
        var result = new string[count];
        for (var i = 0; i < count; i++)
        {
            result[i] = Marshal.PtrToStringUTF8(names[i]) ?? string.Empty;
        }

        Check(((delegate* unmanaged<nint*, int, nint>)Entry(OrtEntry.ReleaseAvailableProviders))(names, count));
        return result;
    }

    private static nint FindDefaultAllocator()
    {
        nint allocator;
        Check(((delegate* unmanaged<nint*, nint>)Entry(OrtEntry.GetAllocatorWithDefaultOptions))(&allocator));
        return allocator;
    }
}
