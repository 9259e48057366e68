using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.People;

/// <summary>Finds out how a photo has to be turned so that the person in it stands.</summary>
public static class UprightPhoto
{
    private const double Quarter = Math.PI / 2;

    /// <summary>How many quarter turns clockwise bring the person nearest to standing; 0 to 3.</summary>
    public static int TurnsFor(PersonSquare square) => (4 - (int)Math.Round(square.Angle / Quarter)) & 3;

    /// <summary>Where the person's square is once the photo was turned.</summary>
    /// <param name="square">In pixels of the photo as it was.</param>
    /// <param name="photo">Size of the photo as it was.</param>
    /// <param name="turns">Quarter turns clockwise, 0 to 3.</param>
    public static PersonSquare Turned(PersonSquare square, ImageSize photo, int turns)
    {
        var (x, y) = (square.CenterX, square.CenterY);
        var (turnedX, turnedY) = turns switch
        {
            1 => (photo.Height - y, x),
            2 => (photo.Width - x, photo.Height - y),
            3 => (y, photo.Width - x),
            _ => (x, y),
        };
        return square with { CenterX = turnedX, CenterY = turnedY, Angle = Math.IEEERemainder(square.Angle + (turns * Quarter), 2 * Math.PI) };
    }
}
