namespace PoseFunctions.Worker.Functions;

/// <summary>What the host writes about a blob that it gave up.</summary>
public sealed record PoisonBlob(string ContainerName, string BlobName);
