using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;

namespace PoseFunctions.Imaging.Decoders.Jpeg;

/// <summary>
/// Writes a JPEG so that every complaint of its decoder is a loss of pixels. Without this the decoder says the same word, a
/// warning, to harmless oddities of cameras and to a missing half of the picture, and takes a file for cut off whose last pixel
/// is there but whose end marker is not.
/// </summary>
internal static class StrictJpeg
{
    // Photos have about ten. Every scan goes over the whole picture, however few bytes it has, and the format allows thousands.
    private const int MostScans = 100;

    /// <summary>The same picture without what belongs to no segment, and ended by its marker right behind its last scan.</summary>
    /// <exception cref="RejectedException">The file ends before its last scan, or has too many.</exception>
    public static byte[] Of(ReadOnlySpan<byte> file)
    {
        var strict = new byte[file.Length + 2];
        file[..2].CopyTo(strict);
        var end = 2;
        var frame = default(JpegFrame);
        var segments = new JpegSegments(file);
        while (frame is not { IsComplete: true } && segments.MoveNext())
        {
            var segment = strict.AsSpan(end, segments.Current.Length);
            segments.Current.CopyTo(segment);
            end += segment.Length;
            if (segments.Marker == JpegMarker.App0)
            {
                OverlookVersion(segment);
            }
            else if (JpegMarker.IsStartOfFrame(segments.Marker))
            {
                frame ??= new(segments.Marker, segments.Content);
            }
            else if (segments.Marker == JpegMarker.StartOfScan && frame is not null)
            {
                OverlookSelection(segment, frame);
                frame.Add(segments.Content);
                var data = segments.TakeData();
                data.CopyTo(strict.AsSpan(end));
                end += data.Length;
            }

            if (frame?.Scans > MostScans)
            {
                throw ImageAdmission.Unreadable(ImageFormat.Jpeg, $"it has more than {MostScans} scans.");
            }
        }

        if (frame is not { IsComplete: true })
        {
            throw ImageAdmission.Unreadable(ImageFormat.Jpeg, "it ends before its last scan.");
        }

        // Any number of these may stand before a marker.
        strict.AsSpan(end).Fill(JpegMarker.Prefix);
        strict[^1] = JpegMarker.EndOfImage;
        return strict;
    }

    // There is one major version of JFIF, whatever its writers put there.
    private static void OverlookVersion(Span<byte> segment)
    {
        if (segment[4..].StartsWith("JFIF\0"u8) && segment.Length > 9)
        {
            segment[9] = 1;
        }
    }

    // A sequential scan sends all coefficients at once; some cameras leave the fields for that zero.
    private static void OverlookSelection(Span<byte> scan, JpegFrame frame)
    {
        if (!JpegMarker.IsProgressive(frame.Marker) && scan.Length > 6)
        {
            (scan[^3], scan[^2], scan[^1]) = (0, 63, 0);
        }
    }
}
