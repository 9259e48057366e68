using Microsoft.Extensions.Options;
using PoseFunctions.Core.Images;
using Xunit;

namespace PoseFunctions.Imaging.Tests;

public sealed class LetterboxPainterTests
{
    private readonly ImageCodec codec = new(Options.Create(new ImageLimits()));

    [Theory]
    [InlineData(300, 200)]
    [InlineData(150, 600)]
    public void Restore_AfterFit_GivesThePhotoBack(int width, int height)
    {
        using var photo = TestPictures.Corners(width, height);
        var box = new Letterbox(photo.Size, new(288, 384));

        using var framed = LetterboxPainter.Fit(codec, photo, box);
        using var restored = LetterboxPainter.Restore(codec, framed, box, photo.Size);

        Assert.Equal(box.Frame, framed.Size);
        Assert.InRange(TestPictures.Difference(photo, restored), 0, 2);
    }

    [Fact]
    public void Fit_PhotoOnPlainBackdrop_PadsWithTheBackdrop()
    {
        using var photo = RgbImage.Rent(new(100, 50));
        for (var y = 0; y < 50; y++)
        {
            photo.Row(y).Fill((byte)(y is 0 or 49 ? 90 : 200));
        }

        using var framed = LetterboxPainter.Fit(codec, photo, new(photo.Size, new(100, 100)));
        using var coloured = LetterboxPainter.Fit(codec, photo, new(photo.Size, new(100, 100)), (1, 2, 3));

        Assert.Equal((90, 90, 90), TestPictures.At(framed, 50, 0));
        Assert.Equal((1, 2, 3), TestPictures.At(coloured, 99, 99));
    }
}
