using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Core.People;

/// <summary>
/// Where a parsed photo is kept: by tenant, so that erasing a tenant erases it; by decoded pixels, so that the same picture is
/// parsed once; by model versions, so that better models parse it again.
/// </summary>
public readonly record struct ParsedPhotoKey(Tenant Tenant, string PixelHash, string ParserVersion);
