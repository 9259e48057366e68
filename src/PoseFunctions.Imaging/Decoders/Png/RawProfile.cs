using System.Buffers.Text;
using System.Text;

namespace PoseFunctions.Imaging.Decoders.Png;

/// <summary>
/// A metadata block as ImageMagick and those who follow it write it into a PNG text chunk: a name, the number of bytes, and the
/// bytes as hexadecimal digits in lines.
/// </summary>
internal static class RawProfile
{
    /// <summary>The block's bytes; null where the text is none of these.</summary>
    public static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        var name = text.TrimStart("\r\n"u8);
        var endOfName = name.IndexOf((byte)'\n');
        if (endOfName < 0)
        {
            return null;
        }

        var count = name[endOfName..].TrimStart("\n "u8);
        if (!Utf8Parser.TryParse(count, out ushort length, out var end))
        {
            return null;
        }

        var digits = string.Concat(Encoding.Latin1.GetString(count[end..]).Where(char.IsAsciiHexDigit));
        return digits.Length >= 2 * length ? Convert.FromHexString(digits.AsSpan(0, 2 * length)) : null;
    }
}
