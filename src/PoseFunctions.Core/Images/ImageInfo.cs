namespace PoseFunctions.Core.Images;

/// <summary>What the header says. <paramref name="Size"/> is the size as stored, before EXIF orientation.</summary>
/// <param name="Format">Format by magic bytes, not by name.</param>
/// <param name="Size">Stored size in pixels.</param>
/// <param name="Frames">Number of frames or pages.</param>
/// <param name="Orientation">EXIF orientation, 1 to 8; 1 where there is none.</param>
public sealed record ImageInfo(ImageFormat Format, ImageSize Size, int Frames, int Orientation);
