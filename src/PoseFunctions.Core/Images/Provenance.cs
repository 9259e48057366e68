namespace PoseFunctions.Core.Images;

/// <summary>Which model made an image: written into its XMP with IPTC <c>DigitalSourceType</c> trainedAlgorithmicMedia.</summary>
public sealed record Provenance(string ModelName, string ModelVersion);
