using PoseFunctions.Core.Requests;
using Xunit;

namespace PoseFunctions.Core.Tests.Requests;

public sealed class BackgroundOptionTests
{
    [Theory]
    [InlineData("#000000", 0, 0, 0)]
    [InlineData("#F4a010", 0xF4, 0xA0, 0x10)]
    [InlineData(" #ffffff ", 255, 255, 255)]
    public void TryParse_Colour_IsThatColour(string text, byte r, byte g, byte b)
    {
        Assert.True(BackgroundOption.TryParse(text, out var background));

        Assert.Equal((r, g, b), background.Colour);
        Assert.True(BackgroundOption.TryParse(background.Name, out var again));
        Assert.Equal(background, again);
    }

    [Theory]
    [InlineData("keep")]
    [InlineData("KEEP")]
    [InlineData("Transparent")]
    public void TryParse_Name_IsReadWhateverItsCaseAndHasNoColour(string text)
    {
        Assert.True(BackgroundOption.TryParse(text, out var background));

        Assert.Equal(text.ToLowerInvariant(), background.Name);
        Assert.Null(background.Colour);
    }

    [Theory]
    [InlineData("")]
    [InlineData("#")]
    [InlineData("#12345")]
    [InlineData("#1234567")]
    [InlineData("#12345g")]
    [InlineData("#+12345")]
    [InlineData("# 1234 ")]
    [InlineData("123456")]
    [InlineData("white")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(BackgroundOption.TryParse(text, out _));
}
