using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace PoseFunctions.Core.Serialization;

/// <summary>
/// Says what is wrong with JSON that somebody sent: where, and what may stand there. The library's own messages name types of this
/// program.
/// </summary>
public static partial class JsonFaults
{
    private const int MaxPathLength = 200;

    /// <summary>A sentence without its full stop, such as <c>'output.quality' must be a whole number</c>.</summary>
    /// <param name="exception">What reading the JSON threw.</param>
    /// <param name="root">What was read.</param>
    public static string Describe(JsonException exception, JsonTypeInfo root)
    {
        ArgumentNullException.ThrowIfNull(exception);
        ArgumentNullException.ThrowIfNull(root);

        // Only the reader of the text itself wraps an exception of this family; all others are about what the text says.
        if (exception.InnerException is JsonException)
        {
            return $"the JSON is broken or nested too deeply at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}";
        }

        var path = exception.Path ?? "$";
        var type = root;
        foreach (Match step in Step().Matches(path))
        {
            if (type.Kind != JsonTypeInfoKind.Object)
            {
                type = type.ElementType is { } element ? type.Options.GetTypeInfo(element) : type;
                continue;
            }

            var name = step.Groups["name"].Value;
            if (KnownIn(type).FirstOrDefault(property => property.Name == name) is not { } property)
            {
                return $"there is no {Show(path)}; known are {string.Join(", ", KnownIn(type).Select(known => known.Name))}";
            }

            type = type.Options.GetTypeInfo(property.PropertyType);
        }

        if (exception.Message.StartsWith("Duplicate", StringComparison.Ordinal))
        {
            return type.Type == typeof(JsonElement) ? $"something in {Show(path)} is there twice" : $"{Show(path)} is there twice";
        }

        return $"{Show(path)} must be {Expected(type)}";
    }

    [GeneratedRegex(@"\.(?<name>[^.\[]+)|\['(?<name>.*?)'\](?=[.\[]|$)|\[\d+\]", RegexOptions.Singleline)]
    private static partial Regex Step();

    private static string Show(string path) => path.TrimStart('$', '.') switch
    {
        "" => "it",
        { Length: > MaxPathLength } text => $"'{text[..MaxPathLength]}…'",
        var text => $"'{text}'",
    };

    private static string Expected(JsonTypeInfo type) => type switch
    {
        { Converter: IDescribesJson converter } => converter.Expected,
        { Kind: JsonTypeInfoKind.Object } => ExpectedObject(type),
        { Kind: JsonTypeInfoKind.Dictionary } => "an object",
        { Kind: JsonTypeInfoKind.Enumerable } => "a list",
        _ => ExpectedValue(Nullable.GetUnderlyingType(type.Type) ?? type.Type),
    };

    private static string ExpectedObject(JsonTypeInfo type)
    {
        var needed = string.Join(" and ", KnownIn(type).Where(property => property.IsRequired).Select(property => property.Name));
        return needed.Length > 0
            ? $"an object with {needed}"
            : $"an object of {string.Join(", ", KnownIn(type).Select(property => property.Name))}";
    }

    // Properties that JSON leaves out can neither be read nor written.
    private static IEnumerable<JsonPropertyInfo> KnownIn(JsonTypeInfo type) =>
        type.Properties.Where(property => property.Get is not null || property.Set is not null);

    private static string ExpectedValue(Type type) => type switch
    {
        _ when type == typeof(string) => "text",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ when type == typeof(float) || type == typeof(double) => "a number",
        _ when type == typeof(DateTimeOffset) => "a time with its offset, such as 2030-12-31T12:00:00Z",
        _ => "something else",
    };
}
