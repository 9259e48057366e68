namespace PoseFunctions.Api.Views;

/// <summary>The process answers.</summary>
public sealed record LivenessView(string Status);
