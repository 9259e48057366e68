namespace PoseFunctions.Api.Views;

/// <summary>What one request to erase a tenant has done.</summary>
/// <param name="Jobs">Jobs that it erased.</param>
/// <param name="Complete">Whether nothing of the tenant is left; otherwise the request is to be repeated.</param>
public sealed record ErasureView(int Jobs, bool Complete);
