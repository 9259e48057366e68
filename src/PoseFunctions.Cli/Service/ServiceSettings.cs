namespace PoseFunctions.Cli.Service;

/// <summary>Which service, and as whom.</summary>
/// <param name="Address">Root of the service, without <c>/api</c>.</param>
/// <param name="Key">Function key; null where the service needs none.</param>
/// <param name="Tenant">Tenant; null for the service's default.</param>
internal sealed record ServiceSettings(Uri Address, string? Key, string? Tenant);
