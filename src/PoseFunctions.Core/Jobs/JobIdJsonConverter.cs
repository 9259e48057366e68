using System.Text.Json;
using System.Text.Json.Serialization;

namespace PoseFunctions.Core.Jobs;

/// <summary>Job ids as JSON strings; public, so that the JSON of other assemblies can hold them.</summary>
public sealed class JobIdJsonConverter : JsonConverter<JobId>
{
    public override JobId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JobId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("Not a job id.");

    public override void Write(Utf8JsonWriter writer, JobId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
