using PoseFunctions.Core.Generation;
using PoseFunctions.Core.Generation.Composition;
using PoseFunctions.Core.Generation.Rendering;
using PoseFunctions.Core.Images;
using Xunit;

namespace PoseFunctions.Core.Tests.Generation.Composition;

/// <summary>A photo of 100 x 120 pixels, of which the generator saw 60 x 80 from (10, 20) on in a frame of 30 x 40.</summary>
public sealed class PhotoDetailTests : IDisposable
{
    private static readonly ImageSize PhotoSize = new(100, 120);
    private static readonly FramePlacement Source = new(new(10, 20, 60, 80), new(30, 40));

    private readonly RgbImage photo = TestImages.Chart(100, 120);

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(-3)]
    public void Read_ByAFlow_GivesThePhotosOwnPixels(int pixels)
    {
        var detail = Detail(Flows.Shifted(_ => pixels / 60f));
        for (var y = 2; y < 78; y++)
        {
            for (var x = 5; x < 55; x++)
            {
                AssertNear(TestImages.At(photo, 10 + x + pixels, 20 + y), Read(detail, x, y));
            }
        }
    }

    [Fact]
    public void Read_LargerCopyOfThePhoto_GivesThePixelsOfTheCopy()
    {
        using var larger = TestImages.Chart(200, 240);
        var detail = new PhotoDetail(Flows.Shifted(), Source, larger, ParsedPhotos.AllPerson(PhotoSize));
        Span<byte> pixel = stackalloc byte[3];

        var weight = detail.Read(60.5 / 120, 50.5 / 160, pixel, out _);

        Assert.Equal(1, weight);
        AssertNear(TestImages.At(larger, 20 + 60, 40 + 50), (pixel[0], pixel[1], pixel[2]));
    }

    [Fact]
    public void Read_AcrossATear_ComesFromOneSideOrTheOther()
    {
        // In the middle of the frame the source ends at photo column 40, and goes on at 64.
        var detail = Detail(Flows.Shifted(column => column < 24 ? 0 : 24 / 60f));
        var reds = new HashSet<int>();
        for (var step = 0; step < 560; step++)
        {
            reds.Add(Read(detail, 2 + (step / 10.0), 40).R);
        }

        Assert.DoesNotContain(reds, red => red is > 40 and < 63);
        Assert.Contains(reds, red => red is > 30 and <= 40);
        Assert.Contains(reds, red => red is >= 63 and < 70);
    }

    [Fact]
    public void Read_BendWithoutATear_GoesOnSmoothly()
    {
        var detail = Detail(Flows.Shifted(column => column * 0.02f));

        var reds = Enumerable.Range(5, 40).Select(x => (int)Read(detail, x, 40).R).ToArray();

        Assert.All(reds.Zip(reds.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 0, 3));
    }

    [Theory]
    [InlineData(0.3f, 0)]
    [InlineData(0.35f, 0)]
    [InlineData(0.5f, 0.5f)]
    [InlineData(0.65f, 1)]
    [InlineData(1, 1)]
    public void Read_SeenByHalf_CountsByHalf(float visibility, float weight)
    {
        var detail = Detail(Flows.Shifted(visibility: (_, _) => visibility));

        Assert.Equal(weight, detail.Read(0.5, 0.5, new byte[3], out _), 1e-5f);
    }

    [Fact]
    public void Read_SourceBeyondThePhoto_CountsForNothing()
    {
        var detail = Detail(Flows.Shifted(_ => 40 / 60f));

        Assert.Equal(1, detail.Read(45 / 60.0, 0.5, new byte[3], out _));
        Assert.Equal(0, detail.Read(51 / 60.0, 0.5, new byte[3], out _));
    }

    [Fact]
    public void Read_BehindThePerson_IsNoneOfThem()
    {
        // The person ends at photo column 50: column 40 of the window.
        var detail = new PhotoDetail(Flows.Shifted(), Source, photo, ParsedPhotos.Showing(PhotoSize, (x, _) => x < 50));

        detail.Read(30 / 60.0, 0.5, new byte[3], out var inside);
        detail.Read(45 / 60.0, 0.5, new byte[3], out var behind);

        Assert.Equal((1, 0), (inside, behind));
    }

    public void Dispose() => photo.Dispose();

    private PhotoDetail Detail(SurfaceFlow flow) => new(flow, Source, photo, ParsedPhotos.AllPerson(PhotoSize));

    /// <summary>What is read in the middle of a pixel of the window.</summary>
    private static (byte R, byte G, byte B) Read(PhotoDetail detail, double x, double y)
    {
        var pixel = new byte[3];
        Assert.Equal(1, detail.Read((x + 0.5) / 60, (y + 0.5) / 80, pixel, out _));
        return (pixel[0], pixel[1], pixel[2]);
    }

    private static void AssertNear((byte R, byte G, byte B) expected, (byte R, byte G, byte B) actual)
    {
        Assert.InRange(actual.R - expected.R, -1, 1);
        Assert.InRange(actual.G - expected.G, -1, 1);
        Assert.InRange(actual.B - expected.B, -1, 1);
    }
}
