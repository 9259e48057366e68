namespace PoseFunctions.Imaging.Decoders.Png;

/// <summary>One chunk of a PNG.</summary>
/// <param name="Type">Its four letters.</param>
/// <param name="Data">Its content.</param>
internal readonly record struct PngChunk(string Type, ReadOnlyMemory<byte> Data);
