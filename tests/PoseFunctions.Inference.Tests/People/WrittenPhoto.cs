using PoseFunctions.Core.Images;

namespace PoseFunctions.Inference.Tests.People;

/// <summary>Photos that say in their first pixels what the hand-made models shall find.</summary>
internal static class WrittenPhoto
{
    /// <summary>What stands for 0.</summary>
    private const int Zero = 128;

    /// <summary>A square photo of black pixels.</summary>
    public static RgbImage Black(int side)
    {
        var photo = RgbImage.Rent(new(side, side));
        photo.Pixels.Clear();
        return photo;
    }

    /// <summary>Writes whole numbers from -128 to 127 into a channel, row by row.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="channel">0 red, 1 green, 2 blue.</param>
    /// <param name="numbers">The numbers.</param>
    public static void Write(RgbImage photo, int channel, IReadOnlyList<int> numbers)
    {
        for (var index = 0; index < numbers.Count; index++)
        {
            photo.Pixels[(3 * index) + channel] = (byte)(numbers[index] + Zero);
        }
    }
}
