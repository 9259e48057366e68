using PoseFunctions.Core.Generation.Composition;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;
using PoseFunctions.Core.Tests.Support;
using Xunit;

namespace PoseFunctions.Core.Tests.Generation.Composition;

/// <summary>A person of 40 x 100 pixels at (60, 60), black in a photo of 160 x 200 whose every row has a shade of its own.</summary>
public sealed class PersonEraserTests
{
    private static readonly PersonBox Person = new(60, 60, 40, 100);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Erase_Person_LeavesWhatIsAroundThem(int enlarged)
    {
        using var image = Photo(enlarged);

        PersonEraser.Erase(new RawCodec(), image, Parsed(), Person);

        for (var y = 60; y < 160; y++)
        {
            for (var x = 60; x < 100; x++)
            {
                Assert.InRange(TestImages.At(image, x * enlarged, y * enlarged).R, Shade(y) - 25, Shade(y) + 25);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Erase_Person_ChangesNothingFartherAway(int enlarged)
    {
        const int Halo = 7;
        using var image = Photo(enlarged);
        using var before = image.Copy();

        PersonEraser.Erase(new RawCodec(), image, Parsed(), Person);

        for (var y = 0; y < image.Size.Height; y++)
        {
            for (var x = 0; x < image.Size.Width; x++)
            {
                var (column, row) = (x / (double)enlarged, y / (double)enlarged);
                if (column < 60 - Halo || column >= 100 + Halo || row < 60 - Halo || row >= 160 + Halo)
                {
                    Assert.Equal(TestImages.At(before, x, y), TestImages.At(image, x, y));
                }
            }
        }
    }

    private static byte Shade(int y) => (byte)(100 + (y / 2));

    private static RgbImage Photo(int enlarged)
    {
        var image = TestImages.Plain(160 * enlarged, 200 * enlarged, 0);
        for (var y = 0; y < image.Size.Height; y++)
        {
            image.Row(y).Fill(Shade(y / enlarged));
            if (y / enlarged is >= 60 and < 160)
            {
                image.Row(y).Slice(3 * 60 * enlarged, 3 * 40 * enlarged).Clear();
            }
        }

        return image;
    }

    private static ParsedPhoto Parsed()
    {
        var labels = new byte[20 * 20];
        for (var row = 6; row < 16; row++)
        {
            labels.AsSpan((row * 20) + 8, 4).Fill(1);
        }

        var square = new PersonSquare(80, 100, 200, 0);
        return new(new(160, 200), new(new(new Keypoint[Skeleton.JointCount]), new(new(20, 20), labels, ["background", "person"]), square), new(new(0, 0, 160, 200), []));
    }
}
