namespace PoseFunctions.Core.Jobs;

/// <summary>The photo whose scene a job's person is put into, parsed.</summary>
/// <param name="Name">Name in the pose-photos container, without the tenant. Data, never a path.</param>
/// <param name="Length">Bytes.</param>
/// <param name="PixelHash">Content hash of the decoded pixels; with the parser's version the key of the parsed photo.</param>
/// <param name="ParserVersion">Which models parsed it.</param>
/// <param name="Width">Upright width in pixels.</param>
/// <param name="Height">Upright height in pixels.</param>
public sealed record ScenePhoto(string Name, long Length, string PixelHash, string ParserVersion, int Width, int Height);
