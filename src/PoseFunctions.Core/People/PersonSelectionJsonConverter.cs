using System.Text.Json;
using System.Text.Json.Serialization;
using PoseFunctions.Core.Serialization;

namespace PoseFunctions.Core.People;

/// <summary>A selection as JSON: text as <see cref="PersonSelection.TryParse"/> reads it, or an array of a box's four numbers.</summary>
public sealed class PersonSelectionJsonConverter : JsonConverter<PersonSelection>, IDescribesJson
{
    /// <inheritdoc/>
    public string Expected => PersonSelection.Expected;

    /// <inheritdoc/>
    public override PersonSelection Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => PersonSelection.TryParse(reader.GetString()!, out var selection) ? selection : throw new JsonException(),
        JsonTokenType.StartArray => new(PersonRule.Largest, ReadBox(ref reader)),
        _ => throw new JsonException(),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, PersonSelection value, JsonSerializerOptions options)
    {
        if (value.Box is not { } box)
        {
            writer.WriteStringValue(value.ToString());
            return;
        }

        writer.WriteStartArray();
        writer.WriteNumberValue(box.X);
        writer.WriteNumberValue(box.Y);
        writer.WriteNumberValue(box.Width);
        writer.WriteNumberValue(box.Height);
        writer.WriteEndArray();
    }

    private static PersonBox ReadBox(ref Utf8JsonReader reader)
    {
        var numbers = new List<double>();
        while (reader.Read() && reader.TokenType == JsonTokenType.Number)
        {
            numbers.Add(reader.GetDouble());
        }

        return reader.TokenType == JsonTokenType.EndArray && PersonSelection.TryBox(numbers.ToArray()) is { } box ? box : throw new JsonException();
    }
}
