namespace PoseFunctions.Core.Poses;

/// <summary>Scales and moves: takes the place of one body to that of another. No rotation; people stand upright.</summary>
/// <param name="Scale">Sizes of the new body per sizes of the old one, above 0.</param>
/// <param name="From">A place of the old body, in its own units.</param>
/// <param name="To">The same place of the new body.</param>
public readonly record struct BodyTransform(double Scale, (float X, float Y) From, (float X, float Y) To)
{
    /// <summary>Where a place goes.</summary>
    public (double X, double Y) Apply(double x, double y) => (To.X + ((x - From.X) * Scale), To.Y + ((y - From.Y) * Scale));

    /// <summary>Where a place came from.</summary>
    public (double X, double Y) Undo(double x, double y) => (From.X + ((x - To.X) / Scale), From.Y + ((y - To.Y) / Scale));
}
