namespace PoseFunctions.LocalHost.Events;

/// <summary>The operations that commit a block blob, by the names that Event Grid gives them.</summary>
internal enum BlobApi
{
    PutBlob,
    PutBlockList,
    CopyBlob,
}
