namespace PoseFunctions.Core.Intake;

/// <summary>
/// The name of an uploaded photo, taken apart. By hand, because a trigger's pattern would take the last slash for the border.
/// </summary>
/// <param name="Tenant">What stands before the first slash; empty for a photo dropped beside the tenants.</param>
/// <param name="Name">The rest, slashes included.</param>
public readonly record struct UploadName(string Tenant, string Name)
{
    /// <summary>Takes <c>{tenant}/{name}</c> apart.</summary>
    public static UploadName Parse(string fullName)
    {
        ArgumentNullException.ThrowIfNull(fullName);
        var slash = fullName.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 ? new(fullName[..slash], fullName[(slash + 1)..]) : new(string.Empty, fullName);
    }
}
