using PoseFunctions.Core.Generation;
using PoseFunctions.Core.Generation.Composition;
using PoseFunctions.Core.Generation.Rendering;
using PoseFunctions.Core.Images;
using Xunit;

namespace PoseFunctions.Core.Tests.Generation.Composition;

/// <summary>A generated frame of shade 200 laid over a white photo of 100 x 120 pixels, of which it covers 60 x 80 from (30, 20) on.</summary>
public sealed class PersonPainterTests : IDisposable
{
    private const byte Generated = 200;

    private static readonly ImageSize PhotoSize = new(100, 120);
    private static readonly FramePlacement Target = new(new(30, 20, 60, 80), new(30, 40));
    private static readonly FramePlacement Source = new(new(10, 20, 60, 80), new(30, 40));

    private readonly RgbImage generated = TestImages.Plain(30, 40, Generated);

    [Fact]
    public void Paint_Person_IsLaidOverThePictureWhereTheOutlineIs()
    {
        using var canvas = TestImages.Plain(100, 120, 255);
        var opacity = new byte[100 * 120];

        // Columns 16 to 31 of the grid are columns 50 to 69 of the photo.
        PersonPainter.Paint(canvas, PhotoSize, Layer(Flows.Shifted(person: (column, _) => column is >= 16 and < 32 ? 1 : 0)), opacity);

        Assert.Equal((Generated, Generated, Generated), TestImages.At(canvas, 60, 60));
        Assert.Equal(255, opacity[(60 * 100) + 60]);
        foreach (var x in (int[])[29, 46, 73, 91])
        {
            Assert.Equal((255, 255, 255), TestImages.At(canvas, x, 60));
            Assert.Equal(0, opacity[(60 * 100) + x]);
        }

        Assert.Equal((0, 0), (opacity[(19 * 100) + 60], opacity[(100 * 100) + 60]));
    }

    [Fact]
    public void Paint_RimOfTheOutline_IsSoft()
    {
        using var canvas = TestImages.Plain(100, 120, 255);
        var opacity = new byte[100 * 120];

        PersonPainter.Paint(canvas, PhotoSize, Layer(Flows.Shifted(person: (_, _) => 0.5f)), opacity);

        Assert.Equal(128, opacity[(60 * 100) + 60]);
        Assert.InRange(TestImages.At(canvas, 60, 60).R, Generated + 26, Generated + 29);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Paint_WithDetail_CarriesThePhotosOwnPixels(int enlarged)
    {
        using var canvas = TestImages.Plain(100 * enlarged, 120 * enlarged, 255);
        using var photo = TestImages.Chart(100 * enlarged, 120 * enlarged);
        var flow = Flows.Shifted();

        PersonPainter.Paint(canvas, PhotoSize, Layer(flow, new(flow, Source, photo, ParsedPhotos.AllPerson(PhotoSize))), opacity: null);

        for (var y = 25 * enlarged; y < 95 * enlarged; y++)
        {
            for (var x = 35 * enlarged; x < 85 * enlarged; x++)
            {
                var (expected, actual) = (TestImages.At(photo, x - (20 * enlarged), y), TestImages.At(canvas, x, y));
                Assert.InRange(actual.R - expected.R, -1, 1);
                Assert.InRange(actual.G - expected.G, -1, 1);
                Assert.InRange(actual.B - expected.B, -1, 1);
            }
        }
    }

    [Fact]
    public void Paint_WhereThePhotoDoesNotShowThePerson_StaysGenerated()
    {
        using var canvas = TestImages.Plain(100, 120, 255);
        using var photo = TestImages.Plain(100, 120, 10);
        var flow = Flows.Shifted(visibility: (_, row) => row < 32 ? 1 : 0);

        PersonPainter.Paint(canvas, PhotoSize, Layer(flow, new(flow, Source, photo, ParsedPhotos.AllPerson(PhotoSize))), opacity: null);

        Assert.Equal((10, 10, 10), TestImages.At(canvas, 60, 50));
        Assert.Equal((Generated, Generated, Generated), TestImages.At(canvas, 60, 70));
    }

    [Fact]
    public void Paint_WhereThePhotoShowsWhatIsBehindThePerson_LeavesThePicture()
    {
        using var canvas = TestImages.Plain(100, 120, 255);
        using var photo = TestImages.Plain(100, 120, 10);
        var flow = Flows.Shifted();

        // The source's column 50 is column 70 of the picture.
        PersonPainter.Paint(
            canvas, PhotoSize, Layer(flow, new(flow, Source, photo, ParsedPhotos.Showing(PhotoSize, (x, _) => x < 50))), opacity: null);

        Assert.Equal((10, 10, 10), TestImages.At(canvas, 60, 60));
        Assert.Equal((255, 255, 255), TestImages.At(canvas, 80, 60));
    }

    [Fact]
    public void Paint_FrameThatReachesBeyondThePhoto_PaintsThePartInside()
    {
        using var canvas = TestImages.Plain(100, 120, 255);
        var layer = Layer(Flows.Shifted()) with { Placement = new(new(-30, 90, 60, 80), new(30, 40)) };

        PersonPainter.Paint(canvas, PhotoSize, layer, opacity: null);

        Assert.Equal((Generated, Generated, Generated), TestImages.At(canvas, 0, 119));
        Assert.Equal((255, 255, 255), TestImages.At(canvas, 30, 119));
        Assert.Equal((255, 255, 255), TestImages.At(canvas, 0, 89));
    }

    public void Dispose() => generated.Dispose();

    private PersonLayer Layer(SurfaceFlow flow, PhotoDetail? detail = null) => new(Target, flow.Person, flow.Size, [new(generated, detail, Shares: [])]);
}
