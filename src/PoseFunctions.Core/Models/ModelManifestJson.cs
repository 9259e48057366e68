using System.Text.Json;
using System.Text.Json.Serialization;
using PoseFunctions.Core.Failures;

namespace PoseFunctions.Core.Models;

/// <summary>Reads and writes manifests.</summary>
public static class ModelManifestJson
{
    /// <summary>The schema version that this code reads.</summary>
    public const int SchemaVersion = 1;

    /// <summary>Parses UTF-8 JSON. <paramref name="origin"/> names the file in errors.</summary>
    /// <exception cref="InfrastructureException">The manifest is no valid JSON, incomplete, or of another schema version.</exception>
    public static ModelManifest Parse(ReadOnlySpan<byte> utf8Json, string origin)
    {
        ModelManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(utf8Json, ModelManifestJsonContext.Default.ModelManifest);
        }
        catch (JsonException exception)
        {
            throw new InfrastructureException($"The model manifest {origin} cannot be read: {exception.Message}", isTransient: false, exception);
        }

        if (manifest?.SchemaVersion != SchemaVersion)
        {
            throw new InfrastructureException(
                $"The model manifest {origin} has schema version {manifest?.SchemaVersion}; this service reads {SchemaVersion}.", isTransient: false);
        }

        return manifest;
    }

    /// <summary>Indented UTF-8 JSON that ends with a line break; what is null is left out.</summary>
    public static byte[] Write(ModelManifest manifest) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(manifest, ModelManifestJsonContext.Default.ModelManifest), (byte)'\n'];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(ModelManifest))]
internal sealed partial class ModelManifestJsonContext : JsonSerializerContext;
