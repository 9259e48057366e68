using PoseFunctions.Core.Images;
using PoseFunctions.Imaging.Tests;
using PoseFunctions.Pictures.ContactSheets;

namespace PoseFunctions.Pictures.Tests.ContactSheets;

public sealed class LabelPainterTests
{
    [Fact]
    public void Draw_ALetter_InksItsDots()
    {
        using var canvas = Blank(20, 8);

        LabelPainter.Draw(canvas, "L", new(2, 0, 18, 8));

        Assert.Equal((225, 225, 225), TestPictures.At(canvas, 2, 0));
        Assert.Equal((225, 225, 225), TestPictures.At(canvas, 6, 6));
        Assert.Equal((0, 0, 0), TestPictures.At(canvas, 4, 3));
        Assert.Equal(11, Inked(canvas));
    }

    [Fact]
    public void Draw_EveryPrintableCharacter_IsDrawnAndDiffersFromAllOthers()
    {
        var drawn = Enumerable.Range('!', '~' - '!' + 1).Select(code => Draw(((char)code).ToString())).ToHashSet(StringComparer.Ordinal);

        Assert.Equal('~' - '!' + 1, drawn.Count);
        Assert.DoesNotContain(Draw(" "), drawn);
        Assert.DoesNotContain(Draw("é"), drawn);
    }

    [Fact]
    public void Draw_TextThatIsTooLong_StaysInItsArea()
    {
        using var canvas = Blank(40, 8);

        LabelPainter.Draw(canvas, "MMMMMMMMMMMMMMMM", new(0, 0, 23, 8));

        Assert.Equal(4 * Inked("M"), Inked(canvas));
        Assert.Equal((0, 0, 0), TestPictures.At(canvas, 24, 0));
    }

    private static int Inked(string text)
    {
        using var canvas = Blank(8, 8);
        LabelPainter.Draw(canvas, text, new(0, 0, 8, 8));
        return Inked(canvas);
    }

    private static int Inked(RgbImage canvas) => canvas.Pixels.Count((byte)225) / 3;

    private static string Draw(string text)
    {
        using var canvas = Blank(8, 8);
        LabelPainter.Draw(canvas, text, new(0, 0, 8, 8));
        return canvas.ContentHash();
    }

    private static RgbImage Blank(int width, int height)
    {
        var canvas = RgbImage.Rent(new(width, height));
        canvas.Pixels.Clear();
        return canvas;
    }
}
