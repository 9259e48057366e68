using System.Text.Json;
using System.Text.Json.Serialization;

namespace PoseFunctions.Core.Jobs;

internal sealed class TenantJsonConverter : JsonConverter<Tenant>
{
    public override Tenant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Tenant.TryParse(reader.GetString(), out var tenant) ? tenant : throw new JsonException("Not a tenant name.");

    public override void Write(Utf8JsonWriter writer, Tenant value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
