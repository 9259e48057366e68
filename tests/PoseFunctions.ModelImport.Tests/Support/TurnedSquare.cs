namespace PoseFunctions.ModelImport.Tests.Support;

/// <summary>A square in a photo.</summary>
/// <param name="X">Its centre.</param>
/// <param name="Y">Its centre.</param>
/// <param name="Side">Its side in pixels.</param>
/// <param name="Angle">How far it is turned clockwise, in radians.</param>
internal sealed record TurnedSquare(float X, float Y, float Side, float Angle)
{
    /// <summary>The place in the photo of one in the square, whose corners are (0, 0) and (1, 1).</summary>
    public (float X, float Y) ToPhoto(float x, float y)
    {
        var (right, down) = ((x - 0.5f) * Side, (y - 0.5f) * Side);
        var (sine, cosine) = MathF.SinCos(Angle);
        return (X + (right * cosine) - (down * sine), Y + (right * sine) + (down * cosine));
    }
}
