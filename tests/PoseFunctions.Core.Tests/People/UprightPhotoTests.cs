using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;
using Xunit;

namespace PoseFunctions.Core.Tests.People;

public sealed class UprightPhotoTests
{
    private const double Degree = Math.PI / 180;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(44, 0)]
    [InlineData(-44, 0)]
    [InlineData(46, 3)]
    [InlineData(90, 3)]
    [InlineData(134, 3)]
    [InlineData(136, 2)]
    [InlineData(180, 2)]
    [InlineData(-180, 2)]
    [InlineData(-136, 2)]
    [InlineData(-134, 1)]
    [InlineData(-90, 1)]
    [InlineData(-46, 1)]
    public void TurnsFor_Angle_BringsThePersonNearestToStanding(double degrees, int turns)
    {
        var square = new PersonSquare(30, 40, 10, degrees * Degree);

        Assert.Equal(turns, UprightPhoto.TurnsFor(square));
        Assert.InRange(Math.Abs(UprightPhoto.Turned(square, new(100, 60), turns).Angle / Degree), 0, 45);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Turned_PlaceInTheSquare_ShowsThePixelThatItShowedBefore(int turns)
    {
        using var photo = RgbImage.Rent(new(50, 30));
        photo.Pixels.Clear();
        var square = new PersonSquare(20.5, 12.5, 16, -0.3);
        var (x, y) = square.ToPhoto(0.2, 0.7);
        photo.Row((int)y)[3 * (int)x] = 255;

        using var turned = photo.Turned(turns);
        var (turnedX, turnedY) = UprightPhoto.Turned(square, photo.Size, turns).ToPhoto(0.2, 0.7);

        Assert.Equal(photo.Size.Turned(turns), turned.Size);
        Assert.Equal(255, turned.Row((int)turnedY)[3 * (int)turnedX]);
    }
}
