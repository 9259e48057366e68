namespace PoseFunctions.LocalTriggers.Blobs;

/// <summary>What the poison queue is told of a blob that no run could handle; the names are those that Azure uses.</summary>
internal sealed record PoisonBlobMessage(string Type, string FunctionId, string BlobType, string ContainerName, string BlobName, string ETag);
