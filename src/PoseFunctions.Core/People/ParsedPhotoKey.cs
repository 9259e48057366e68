using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Core.People;

/// <summary>
/// Where a parsed photo is kept: by tenant, so that erasing a tenant erases it; by decoded pixels and by whom of the people in it
/// was meant, so that the same picture is parsed once; by model versions, so that better models parse it again.
/// </summary>
/// <param name="Tenant">Whose photo it is.</param>
/// <param name="PixelHash">Content hash of the decoded pixels.</param>
/// <param name="ParserVersion">Which models parsed it.</param>
/// <param name="Person">The selection as text, as <see cref="PersonSelection.ToString"/> gives it.</param>
public readonly record struct ParsedPhotoKey(Tenant Tenant, string PixelHash, string ParserVersion, string Person)
{
    /// <summary>The key of a photo of which nobody said who is meant.</summary>
    public ParsedPhotoKey(Tenant tenant, string pixelHash, string parserVersion)
        : this(tenant, pixelHash, parserVersion, PersonSelection.Default.ToString())
    {
    }
}
