namespace PoseFunctions.Core.Jobs;

/// <summary>Which model generated the results.</summary>
public sealed record JobGenerator(string Name, string Version, int NativeWidth, int NativeHeight);
