namespace PoseFunctions.Infrastructure.Tests.Bicep;

/// <summary>A template does not follow the part of Bicep's grammar that ours use.</summary>
public sealed class BicepSyntaxException(int line, string message) : Exception($"line {line}: {message}");
