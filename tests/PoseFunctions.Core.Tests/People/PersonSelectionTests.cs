using PoseFunctions.Core.People;
using Xunit;

namespace PoseFunctions.Core.Tests.People;

public sealed class PersonSelectionTests
{
    [Theory]
    [InlineData("largest", PersonRule.Largest)]
    [InlineData("left", PersonRule.Left)]
    [InlineData("right", PersonRule.Right)]
    [InlineData("only", PersonRule.Only)]
    public void TryParse_Rule_IsThatRule(string text, PersonRule rule)
    {
        Assert.True(PersonSelection.TryParse(text, out var selection));

        Assert.Equal(new(rule), selection);
        Assert.Equal(text, selection.ToString());
    }

    [Theory]
    [InlineData("0.1,0.2,0.3,0.4", 0.1, 0.2, 0.3, 0.4)]
    [InlineData(" -0.5, 0 ,1e0,2", -0.5, 0, 1, 2)]
    public void TryParse_FourNumbers_IsABoxWhoseTextIsReadAsTheSame(string text, double x, double y, double width, double height)
    {
        Assert.True(PersonSelection.TryParse(text, out var selection));

        Assert.Equal(new PersonBox(x, y, width, height), selection.Box);
        Assert.True(PersonSelection.TryParse(selection.ToString(), out var again));
        Assert.Equal(selection, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("smallest")]
    [InlineData("0")]
    [InlineData("0.1,0.2,0.3")]
    [InlineData("0.1,0.2,0.3,0.4,0.5")]
    [InlineData("0.1;0.2;0.3;0.4")]
    [InlineData("a,b,c,d")]
    [InlineData("0,0,0,1")]
    [InlineData("0,0,1,-1")]
    [InlineData("0,0,1,2.1")]
    [InlineData("1,0,0.5,0.5")]
    [InlineData("0,-1,0.5,1")]
    [InlineData("NaN,0,1,1")]
    [InlineData("0,0,Infinity,1")]
    [InlineData("-Infinity,0,1,1")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(PersonSelection.TryParse(text, out _));
}
