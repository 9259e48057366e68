using PoseFunctions.Core.Transfers;

namespace PoseFunctions.Cli.Commands;

/// <summary>What <c>submit</c> was told.</summary>
/// <param name="Photos">Files to submit.</param>
/// <param name="Request">What shall be done with each.</param>
/// <param name="Parallel">Jobs that are submitted and watched at a time.</param>
/// <param name="Wait">Whether to stay until every job is final.</param>
/// <param name="OutputFolder">Where results go; null to leave them with the service.</param>
/// <param name="ContactSheet">Where one picture of everything goes; null for none.</param>
/// <param name="DeriveIdempotencyKeys">Whether submitting the same again shall find the same jobs.</param>
/// <param name="Scene">The photo into whose scene every person is put; null for target poses.</param>
internal sealed record SubmitSettings(
    IReadOnlyList<string> Photos,
    TransferRequest Request,
    int Parallel,
    bool Wait,
    string? OutputFolder,
    string? ContactSheet,
    bool DeriveIdempotencyKeys,
    string? Scene = null);
