namespace PoseFunctions.Imaging.Native;

/// <summary>Which metadata an encoder writes (<c>VipsForeignKeep</c>).</summary>
[Flags]
internal enum VipsKeep
{
    None = 0,
    Xmp = 2,
}
