namespace PoseFunctions.Core.Images;

/// <summary>A rectangle of whole pixels; <paramref name="X"/> and <paramref name="Y"/> are its first column and row.</summary>
public readonly record struct PixelRectangle(int X, int Y, int Width, int Height);
