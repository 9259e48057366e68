namespace PoseFunctions.Inference.Native;

/// <summary>Names and values as the two parallel arrays of C strings that provider options are given in.</summary>
internal sealed unsafe class Utf8Table
{
    private readonly List<byte[]> texts = [];

    public Utf8Table(IReadOnlyDictionary<string, string> entries)
    {
        Keys = [.. entries.Keys.Select(Pin)];
        Values = [.. entries.Values.Select(Pin)];
    }

    public nint[] Keys { get; }

    public nint[] Values { get; }

    public int Count => Keys.Length;

    private nint Pin(string text)
    {
        var pinned = OrtApi.PinnedUtf8(text);
        texts.Add(pinned);
        return (nint)OrtApi.AddressOf(pinned);
    }
}
