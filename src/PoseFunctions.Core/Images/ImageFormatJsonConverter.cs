using System.Text.Json;
using System.Text.Json.Serialization;
using PoseFunctions.Core.Serialization;

namespace PoseFunctions.Core.Images;

/// <summary>Reads and writes formats by their names.</summary>
public sealed class ImageFormatJsonConverter : JsonConverter<ImageFormat>, IDescribesJson
{
    /// <inheritdoc/>
    public string Expected => ImageFormats.Expected;

    /// <inheritdoc/>
    public override ImageFormat Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && ImageFormats.TryParse(reader.GetString()!, out var format)
            ? format
            : throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ImageFormat value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name());
}
