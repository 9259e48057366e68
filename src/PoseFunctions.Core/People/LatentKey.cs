namespace PoseFunctions.Core.People;

/// <summary>Where the latents of a photo are kept: with what was parsed in it, because they follow from both.</summary>
/// <param name="Photo">The parsed photo.</param>
/// <param name="EncoderHash">SHA-256 of the encoder's graph, lower-case hex.</param>
public readonly record struct LatentKey(ParsedPhotoKey Photo, string EncoderHash);
