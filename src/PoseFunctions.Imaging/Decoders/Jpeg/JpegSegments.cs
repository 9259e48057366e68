using System.Buffers.Binary;

namespace PoseFunctions.Imaging.Decoders.Jpeg;

/// <summary>Walks through a JPEG marker by marker.</summary>
internal ref struct JpegSegments(ReadOnlySpan<byte> file)
{
    private const int MarkerLength = 2;

    private ReadOnlySpan<byte> rest = file.Length > MarkerLength ? file[MarkerLength..] : [];

    /// <summary>The marker with all that belongs to it, but no compressed data.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    public readonly byte Marker => Current[1];

    /// <summary>What follows marker and length.</summary>
    public readonly ReadOnlySpan<byte> Content => Current[Math.Min(4, Current.Length)..];

    /// <summary>Goes on to the next segment that is whole, past bytes that belong to none.</summary>
    /// <returns>False at the end of the image, or of the file.</returns>
    public bool MoveNext()
    {
        SkipToMarker();
        if (rest.Length < MarkerLength || rest[1] == JpegMarker.EndOfImage)
        {
            return false;
        }

        var length = MarkerLength;
        if (!JpegMarker.StandsAlone(rest[1]))
        {
            length += rest.Length >= 4 ? BinaryPrimitives.ReadUInt16BigEndian(rest[MarkerLength..]) : rest.Length;
        }

        if (length > rest.Length)
        {
            return false;
        }

        Current = rest[..length];
        rest = rest[length..];
        return true;
    }

    /// <summary>The compressed data behind a scan's header, restart markers included.</summary>
    public ReadOnlySpan<byte> TakeData()
    {
        var end = 0;
        while (end < rest.Length)
        {
            var next = rest[end..].IndexOf(JpegMarker.Prefix);
            if (next < 0 || end + next + 1 == rest.Length)
            {
                end = next < 0 ? rest.Length : end + next;
                break;
            }

            end += next;
            var marker = rest[end + 1];
            if (marker != JpegMarker.StuffedZero && marker != JpegMarker.Prefix && !JpegMarker.IsRestart(marker))
            {
                break;
            }

            end += marker == JpegMarker.Prefix ? 1 : MarkerLength;
        }

        var data = rest[..end];
        rest = rest[end..];
        return data;
    }

    private void SkipToMarker()
    {
        while (rest.Length >= MarkerLength && (rest[0] != JpegMarker.Prefix || rest[1] is JpegMarker.StuffedZero or JpegMarker.Prefix))
        {
            var next = rest[1..].IndexOf(JpegMarker.Prefix);
            rest = next < 0 ? [] : rest[(1 + next)..];
        }
    }
}
