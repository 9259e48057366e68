using System.Text.Json.Serialization;

namespace PoseFunctions.LocalTriggers.Configuration;

/// <summary>How message bodies are written into a queue.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MessageEncoding>))]
internal enum MessageEncoding
{
    [JsonStringEnumMemberName("base64")]
    Base64 = 0,

    [JsonStringEnumMemberName("none")]
    None = 1,
}
