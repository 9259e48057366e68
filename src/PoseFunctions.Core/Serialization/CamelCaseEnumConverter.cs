using System.Text.Json;
using System.Text.Json.Serialization;

namespace PoseFunctions.Core.Serialization;

/// <summary>Writes an enum as camel-case text and refuses numbers.</summary>
public sealed class CamelCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
