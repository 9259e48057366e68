using Azure.Storage.Blobs;
using PoseFunctions.LocalWorker.Invocations;

namespace PoseFunctions.LocalTriggers.Blobs;

/// <summary>A function that blobs start, and where they lie.</summary>
internal sealed record BlobFunction(BoundFunction Bound, BlobPathPattern Pattern, BlobContainerClient Container)
{
    public string Name => Bound.Declaration.Name;

    public string Id => Bound.Declaration.Id;
}
