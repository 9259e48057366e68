using System.Text.Json.Serialization;

namespace PoseFunctions.LocalHost.Events.EventGrid;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EventGridEvent[]))]
internal sealed partial class EventGridJson : JsonSerializerContext;
