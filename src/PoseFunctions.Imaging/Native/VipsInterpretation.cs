namespace PoseFunctions.Imaging.Native;

/// <summary>What the channels of a pixel mean (<c>VipsInterpretation</c>).</summary>
internal enum VipsInterpretation
{
    Grey = 1,
    Cmyk = 15,
    Srgb = 22,
    Rgb16 = 25,
    Grey16 = 26,
}
