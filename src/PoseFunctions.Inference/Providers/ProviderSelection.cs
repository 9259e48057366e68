namespace PoseFunctions.Inference.Providers;

/// <summary>The execution provider that sessions are built with, and why, for the log and for health.</summary>
/// <param name="Requested">What the settings ask for.</param>
/// <param name="Active">What is used.</param>
/// <param name="FallbackReason">Why these two differ; otherwise <see langword="null"/>.</param>
public sealed record ProviderSelection(string Requested, string Active, string? FallbackReason)
{
    public bool FellBack => FallbackReason is not null;
}
