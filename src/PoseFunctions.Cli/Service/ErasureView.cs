namespace PoseFunctions.Cli.Service;

/// <summary>What one request to erase a tenant has done.</summary>
internal sealed record ErasureView(int Jobs, bool Complete);
