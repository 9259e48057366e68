using PoseFunctions.Core.Images;

namespace PoseFunctions.Pictures.ContactSheets;

/// <summary>One source image with everything that was generated from it. The images stay the caller's.</summary>
/// <param name="Source">The photo, or null when it cannot be decoded.</param>
/// <param name="Label">A short line of text under the photo.</param>
/// <param name="Cells">The generated images, left to right.</param>
public sealed record ContactSheetRow(RgbImage? Source, string Label, IReadOnlyList<ContactSheetCell> Cells);
