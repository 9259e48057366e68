using PoseFunctions.Core.Generation;
using PoseFunctions.Core.Generation.Composition;
using PoseFunctions.Core.Generation.Rendering;
using PoseFunctions.Core.Generation.Views;
using PoseFunctions.Core.Images;
using Xunit;

namespace PoseFunctions.Core.Tests.Generation.Composition;

/// <summary>A person in a frame of 48 x 64 pixels, painted from two photos of that size: shade 40 and, in the other, shade 200.</summary>
public sealed class PersonLayerTests : IDisposable
{
    private static readonly ImageSize Size = new(48, 64);
    private static readonly FramePlacement Frame = new(new(0, 0, 48, 64), Size);

    private readonly RgbImage[] photos = [TestImages.Plain(48, 64, 40), TestImages.Plain(48, 64, 200)];
    private readonly RgbImage[] generated = [TestImages.Plain(48, 64, 10), TestImages.Plain(48, 64, 250)];

    [Fact]
    public void Read_WhereOneViewShowsThePerson_GivesItsPhotosPixels()
    {
        var layer = Layer(visibility: [(column, _) => column < 24 ? 1 : 0, (column, _) => column < 24 ? 0 : 1]);

        Assert.Equal((40, 200), (Read(layer, 10, 30), Read(layer, 40, 30)));
    }

    [Fact]
    public void Read_AcrossTheBorderOfTwoViews_HasNoSeam()
    {
        var layer = Layer(visibility: [(column, _) => column < 24 ? 1 : 0.6f, (column, _) => column < 24 ? 0.6f : 1]);

        var shades = Enumerable.Range(0, 480).Select(step => (int)Read(layer, step / 10.0, 30)).ToArray();

        Assert.Equal((40, 200), (shades[0], shades[^1]));
        Assert.All(shades.Zip(shades.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 0, 8));
    }

    [Fact]
    public void Read_WhatNoViewShows_IsTheImageOfTheOneThatShowsMost()
    {
        Assert.Equal(250, Read(Layer([(_, row) => row < 10 ? 1 : 0, (_, row) => row is >= 10 and < 40 ? 1 : 0]), 20, 55));
        Assert.Equal(10, Read(Layer([(_, row) => row < 40 ? 1 : 0, (_, row) => row is >= 40 and < 45 ? 1 : 0]), 20, 55));
    }

    [Fact]
    public void Read_WhatIsBehindThePersonInOnePhoto_TakesItsShareOff()
    {
        var behind = ParsedPhotos.Showing(Size, (_, _) => false);
        var layer = Layer([(_, _) => 1, (_, _) => 1], behind);

        // Both show all, so the first is painted: and it shows only what is behind.
        Assert.Equal(0, layer.Read(20, 30, new byte[3]));
    }

    public void Dispose()
    {
        foreach (var image in photos.Concat(generated))
        {
            image.Dispose();
        }
    }

    private static byte Read(PersonLayer layer, double x, double y)
    {
        var pixel = new byte[3];
        layer.Read(x, y, pixel);
        return pixel[0];
    }

    private PersonLayer Layer(Func<int, int, float>[] visibility, Core.People.ParsedPhoto? parsed = null)
    {
        SurfaceFlow[] flows = [.. visibility.Select(seen => Flows.Shifted(visibility: seen))];
        var blend = ViewBlend.Of(flows);
        return new(Frame, blend.Surface.Person, Size, [.. flows.Index().Select(View)]);

        ViewLayer View((int Index, SurfaceFlow Flow) view) => new(
            generated[view.Index], new(view.Flow, Frame, photos[view.Index], parsed ?? ParsedPhotos.AllPerson(Size)), blend.Shares[view.Index]);
    }
}
