using System.Runtime.InteropServices;

namespace PoseFunctions.Imaging.Native;

/// <summary>GLib's tagged value: a type id and two words of content. Always set and read through GLib's functions.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GValue
{
    // GLib numbers its fundamental types; the number is shifted left by two to leave room for flags (gtype.h).
    public const nuint Boolean = 5 << 2;
    public const nuint Int = 6 << 2;
    public const nuint Double = 15 << 2;
    public const nuint String = 16 << 2;

    public nuint Type;
    public long Content;
    public long MoreContent;
}
