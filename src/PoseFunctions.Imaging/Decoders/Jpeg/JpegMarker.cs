namespace PoseFunctions.Imaging.Decoders.Jpeg;

/// <summary>The second bytes of JPEG markers: ITU-T T.81, table B.1.</summary>
internal static class JpegMarker
{
    public const byte Prefix = 0xFF;
    public const byte StuffedZero = 0x00;
    public const byte EndOfImage = 0xD9;
    public const byte StartOfScan = 0xDA;
    public const byte App0 = 0xE0;

    public static bool IsStartOfFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not 0xC4 and not 0xC8 and not 0xCC;

    /// <summary>Frames that are sent in several scans of some coefficients, or some of their bits.</summary>
    public static bool IsProgressive(byte frame) => frame is 0xC2 or 0xC6 or 0xCA or 0xCE;

    public static bool IsRestart(byte marker) => marker is >= 0xD0 and <= 0xD7;

    /// <summary>Markers without a length.</summary>
    public static bool StandsAlone(byte marker) => marker is 0x01 or (>= 0xD0 and <= 0xD9);
}
