using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PoseFunctions.Core.Serialization;

/// <summary>Writes an enum as camel-case text and refuses numbers and lists.</summary>
public sealed class CamelCaseEnumConverter<TEnum> : JsonConverter<TEnum>, IDescribesJson
    where TEnum : struct, Enum
{
    private static readonly JsonConverter<TEnum> Names = (JsonConverter<TEnum>)new JsonStringEnumConverter<TEnum>(
        JsonNamingPolicy.CamelCase, allowIntegerValues: false).CreateConverter(typeof(TEnum), JsonSerializerOptions.Default);

    /// <inheritdoc/>
    public string Expected => $"one of {string.Join(", ", Enum.GetValues<TEnum>().Select(NameOf))}";

    /// <inheritdoc/>
    public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        // The library's own converter reads "png,webp" as the bits of both, which are a third one's.
        reader.TokenType == JsonTokenType.String && reader.GetString()!.Contains(',')
            ? throw new JsonException("One value is expected, not a list.")
            : Names.Read(ref reader, typeToConvert, options);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) => Names.Write(writer, value, options);

    private static string NameOf(TEnum value)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
        {
            Names.Write(writer, value, JsonSerializerOptions.Default);
        }

        return Encoding.UTF8.GetString(text.WrittenSpan).Trim('"');
    }
}
