namespace PoseFunctions.LocalHost.Sample;

/// <summary>A message that is bound to a type.</summary>
public sealed record Order(string Id, int Count);
