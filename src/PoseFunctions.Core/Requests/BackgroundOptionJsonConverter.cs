using System.Text.Json;
using System.Text.Json.Serialization;
using PoseFunctions.Core.Serialization;

namespace PoseFunctions.Core.Requests;

/// <summary>Reads and writes backgrounds as text.</summary>
public sealed class BackgroundOptionJsonConverter : JsonConverter<BackgroundOption>, IDescribesJson
{
    /// <inheritdoc/>
    public string Expected => BackgroundOption.Expected;

    /// <inheritdoc/>
    public override BackgroundOption Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && BackgroundOption.TryParse(reader.GetString()!, out var background)
            ? background
            : throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, BackgroundOption value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
}
