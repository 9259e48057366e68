using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using PoseFunctions.Core.Failures;

namespace PoseFunctions.Core.Jobs;

/// <summary>Whose jobs and photos these are: 1 to 63 lower-case letters, digits and inner hyphens.</summary>
[JsonConverter(typeof(TenantJsonConverter))]
public readonly partial record struct Tenant
{
    private readonly string? value;

    private Tenant(string value) => this.value = value;

    /// <summary>The tenant of callers that name none.</summary>
    public static Tenant Default { get; } = new("default");

    /// <summary>Where uploads with a forbidden tenant name are recorded as failed, so that they are not lost silently.</summary>
    public static Tenant Unassigned { get; } = new("unassigned");

    /// <summary>Reads a tenant name.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.TenantInvalid"/>.</exception>
    public static Tenant Parse(string text) => TryParse(text, out var tenant)
        ? tenant
        : throw new RejectedException(
            FailureCodes.TenantInvalid,
            "A tenant name has 1 to 63 lower-case letters, digits and hyphens, and neither starts nor ends with a hyphen.");

    /// <summary>Reads a tenant name, without an exception.</summary>
    public static bool TryParse(string? text, out Tenant tenant)
    {
        var valid = text is not null && Pattern.IsMatch(text);
        tenant = valid ? new(text!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => value ?? throw new InvalidOperationException("A default Tenant has no name.");

    [GeneratedRegex(@"^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern { get; }
}
