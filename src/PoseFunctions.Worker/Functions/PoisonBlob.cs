using System.Text.Json;

namespace PoseFunctions.Worker.Functions;

/// <summary>What the host writes about a blob that it gave up.</summary>
internal sealed record PoisonBlob(string ContainerName, string BlobName)
{
    /// <exception cref="JsonException">It is no such message.</exception>
    public static PoisonBlob Parse(BinaryData message) =>
        JsonSerializer.Deserialize(message, PoisonBlobJsonContext.Default.PoisonBlob) ?? throw new JsonException("The message is null.");
}
