using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using PoseFunctions.Core.Serialization;

namespace PoseFunctions.Api.Jobs;

/// <summary>
/// Reads a photo's bytes from base64, plain or as a data URL (RFC 2397). What the URL calls them is not believed: formats are told
/// from first bytes.
/// </summary>
internal sealed class Base64PhotoConverter : JsonConverter<byte[]>, IDescribesJson
{
    private const byte Comma = (byte)',';

    public string Expected => "base64, plain or as a data URL such as data:image/jpeg;base64,…";

    private static ReadOnlySpan<byte> Scheme => "data:"u8;

    private static ReadOnlySpan<byte> Encoding => ";base64"u8;

    public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException();
        }

        if (!StartsWithScheme(reader))
        {
            return reader.TryGetBytesFromBase64(out var content) ? content : throw new JsonException();
        }

        var text = ArrayPool<byte>.Shared.Rent(LengthOf(reader));
        try
        {
            return Decode(text.AsSpan(0, reader.CopyString(text)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
        }
    }

    public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value);

    private static byte[] Decode(ReadOnlySpan<byte> url)
    {
        var comma = url.IndexOf(Comma);
        if (comma < 0 || comma < Encoding.Length || !Ascii.EqualsIgnoreCase(url[(comma - Encoding.Length)..comma], Encoding))
        {
            throw new JsonException();
        }

        var content = new byte[Base64.GetMaxDecodedFromUtf8Length(url.Length - comma - 1)];
        return Base64.DecodeFromUtf8(url[(comma + 1)..], content, out _, out var length) == OperationStatus.Done
            ? Trim(content, length)
            : throw new JsonException();
    }

    private static byte[] Trim(byte[] content, int length)
    {
        Array.Resize(ref content, length);
        return content;
    }

    private static bool StartsWithScheme(in Utf8JsonReader reader)
    {
        var start = reader.HasValueSequence ? reader.ValueSequence.FirstSpan : reader.ValueSpan;
        return start.Length >= Scheme.Length && Ascii.EqualsIgnoreCase(start[..Scheme.Length], Scheme);
    }

    private static int LengthOf(in Utf8JsonReader reader) =>
        reader.HasValueSequence ? checked((int)reader.ValueSequence.Length) : reader.ValueSpan.Length;
}
