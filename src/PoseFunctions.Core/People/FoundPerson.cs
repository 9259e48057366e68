namespace PoseFunctions.Core.People;

/// <summary>Somebody whom a detector found in a photo.</summary>
/// <param name="Square">The square to look at them in, in photo pixels.</param>
/// <param name="Box">About where the whole person is, in photo pixels; may reach beyond the photo.</param>
/// <param name="Confidence">How sure the detector is, 0 to 1.</param>
public sealed record FoundPerson(PersonSquare Square, PersonBox Box, float Confidence);
