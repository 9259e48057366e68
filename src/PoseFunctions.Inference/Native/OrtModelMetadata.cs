using System.Runtime.InteropServices;

namespace PoseFunctions.Inference.Native;

/// <summary>What the model file says about itself.</summary>
internal sealed unsafe class OrtModelMetadata : OrtHandle
{
    public OrtModelMetadata(OrtSession session)
        : base(OrtEntry.ReleaseModelMetadata, Create(session))
    {
    }

    public string Producer => Text(OrtEntry.ModelMetadataGetProducerName);

    public string GraphName => Text(OrtEntry.ModelMetadataGetGraphName);

    public string Description => Text(OrtEntry.ModelMetadataGetDescription);

    public long Version
    {
        get
        {
            long version;
            using var metadata = Lease();
            OrtApi.Check(((delegate* unmanaged<nint, long*, nint>)OrtApi.Entry(OrtEntry.ModelMetadataGetVersion))(
                metadata.Pointer, &version));
            return version;
        }
    }

    public IReadOnlyDictionary<string, string> ReadCustomEntries()
    {
        using var metadata = Lease();
        nint* keys;
        long count;
        OrtApi.Check(((delegate* unmanaged<nint, nint, nint**, long*, nint>)OrtApi.Entry(
            OrtEntry.ModelMetadataGetCustomMetadataMapKeys))(metadata.Pointer, OrtApi.Allocator, &keys, &count));
        var entries = new Dictionary<string, string>();
        for (var i = 0; i < count; i++)
        {
            nint value;
            OrtApi.Check(((delegate* unmanaged<nint, nint, nint, nint*, nint>)OrtApi.Entry(
                OrtEntry.ModelMetadataLookupCustomMetadataMap))(metadata.Pointer, OrtApi.Allocator, keys[i], &value));
            entries[Marshal.PtrToStringUTF8(keys[i]) ?? string.Empty] = OrtApi.TakeString(value);
            OrtApi.Free(keys[i]);
        }

        if (count > 0)
        {
            OrtApi.Free((nint)keys);
        }

        return entries;
    }

    private static nint Create(OrtSession session)
    {
        using var lease = session.Lease();
        nint created;
        OrtApi.Check(((delegate* unmanaged<nint, nint*, nint>)OrtApi.Entry(OrtEntry.SessionGetModelMetadata))(lease.Pointer, &created));
        return created;
    }

    private string Text(OrtEntry entry)
    {
        using var metadata = Lease();
        nint text;
        OrtApi.Check(((delegate* unmanaged<nint, nint, nint*, nint>)OrtApi.Entry(entry))(metadata.Pointer, OrtApi.Allocator, &text));
        return OrtApi.TakeString(text);
    }
}
