namespace PoseFunctions.Imaging.Decoders.Jpeg;

/// <summary>A frame's header, and which coefficients of which component its scans so far have sent to their last bit.</summary>
internal sealed class JpegFrame
{
    private const int Coefficients = 64;
    private const int HeaderLength = 6;

    private readonly Dictionary<byte, ulong> missing = [];

    /// <param name="marker">Which kind of frame starts.</param>
    /// <param name="header">What follows its length: precision, size and number of components, then three bytes for each.</param>
    public JpegFrame(byte marker, ReadOnlySpan<byte> header)
    {
        Marker = marker;
        for (var at = HeaderLength; at + 3 <= header.Length; at += 3)
        {
            missing[header[at]] = ulong.MaxValue;
        }
    }

    public byte Marker { get; }

    /// <summary>Scans so far.</summary>
    public int Scans { get; private set; }

    /// <summary>Whether nothing is missing any more.</summary>
    public bool IsComplete => missing.Values.All(coefficients => coefficients == 0);

    /// <summary>Takes a scan's header into account: ITU-T T.81, section B.2.3.</summary>
    /// <param name="scan">What follows its length: the components, then first and last coefficient, then the bits it refines.</param>
    public void Add(ReadOnlySpan<byte> scan)
    {
        Scans++;
        if (scan.IsEmpty || scan.Length < 4 + (2 * scan[0]))
        {
            return;
        }

        var selection = scan[(1 + (2 * scan[0]))..];
        var (first, last, lowestBit) = JpegMarker.IsProgressive(Marker)
            ? (selection[0], selection[1], selection[2] & 0xF)
            : (0, Coefficients - 1, 0);
        if (first > last || last >= Coefficients || lowestBit > 0)
        {
            return;
        }

        var sent = (ulong.MaxValue >> (Coefficients - 1 - last + first)) << first;
        for (var at = 1; at <= 2 * scan[0]; at += 2)
        {
            if (missing.TryGetValue(scan[at], out var still))
            {
                missing[scan[at]] = still & ~sent;
            }
        }
    }
}
