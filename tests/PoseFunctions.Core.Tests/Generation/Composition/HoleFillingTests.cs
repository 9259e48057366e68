using PoseFunctions.Core.Generation.Composition;
using Xunit;

namespace PoseFunctions.Core.Tests.Generation.Composition;

public sealed class HoleFillingTests
{
    private const int Width = 40;
    private const int Height = 30;

    [Fact]
    public void Fill_HoleInOneColour_TakesThatColour()
    {
        using var image = TestImages.Plain(Width, Height, 90);
        var hole = Hole((x, y) => x is >= 10 and < 30 && y is >= 5 and < 25);
        for (var cell = 0; cell < hole.Length; cell++)
        {
            if (hole[cell])
            {
                image.Pixels.Slice(3 * cell, 3).Fill(255);
            }
        }

        var planes = HoleFilling.Fill(image, hole);

        Assert.All(planes, plane => Assert.Equal((90, 90), (MathF.Round(plane.Min(), 2), MathF.Round(plane.Max(), 2))));
    }

    [Fact]
    public void Fill_AnyHole_ChangesNothingBesideIt()
    {
        using var image = TestImages.Chart(Width, Height);
        var hole = Hole((x, y) => x > 20 && y > 11);

        var planes = HoleFilling.Fill(image, hole);

        for (var cell = 0; cell < hole.Length; cell++)
        {
            if (!hole[cell])
            {
                Assert.Equal(image.Pixels[3 * cell], planes[0][cell]);
                Assert.Equal(image.Pixels[(3 * cell) + 1], planes[1][cell]);
            }
        }
    }

    [Fact]
    public void Fill_HoleBetweenTwoColours_GoesFromOneToTheOther()
    {
        using var image = TestImages.Plain(Width, Height, 0);
        for (var y = 0; y < Height; y++)
        {
            image.Row(y)[(3 * Width / 2)..].Fill(200);
        }

        var plane = HoleFilling.Fill(image, Hole((x, _) => x is >= 8 and < 32))[0];

        var row = plane.AsSpan(Width * 15, Width);
        Assert.InRange(row[8], 0, 70);
        Assert.InRange(row[31], 130, 200);
        for (var x = 1; x < Width; x++)
        {
            Assert.InRange(row[x] - row[x - 1], -0.01f, 60);
        }
    }

    [Fact]
    public void Fill_NothingButHole_IsGrey()
    {
        using var image = TestImages.Plain(Width, Height, 9);

        Assert.All(HoleFilling.Fill(image, Hole((_, _) => true)), plane => Assert.Equal((127.5f, 127.5f), (plane.Min(), plane.Max())));
    }

    private static bool[] Hole(Func<int, int, bool> isHole) =>
        [.. Enumerable.Range(0, Width * Height).Select(cell => isHole(cell % Width, cell / Width))];
}
