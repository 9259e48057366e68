namespace PoseFunctions.Imaging.Native;

/// <summary>Number format of one channel of one pixel (<c>VipsBandFormat</c>); the formats that photos come in.</summary>
internal enum VipsBandFormat
{
    UInt8 = 0,
    UInt16 = 2,
    Float = 6,
}
