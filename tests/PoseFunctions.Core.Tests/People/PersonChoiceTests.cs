using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Tests.Support;
using Xunit;

namespace PoseFunctions.Core.Tests.People;

/// <summary>Who is meant, in a photo of 1000 x 500 pixels.</summary>
public sealed class PersonChoiceTests
{
    private static readonly ImageSize Photo = new(1000, 500);

    /// <summary>The largest, to the left of the middle.</summary>
    private static readonly FoundPerson Large = At(300, 50, 160, 400);

    /// <summary>At the left edge, just large enough to count.</summary>
    private static readonly FoundPerson Left = At(10, 100, 100, 260);

    /// <summary>At the right edge, just large enough to count.</summary>
    private static readonly FoundPerson Right = At(850, 100, 100, 260);

    /// <summary>Beyond both, in the background.</summary>
    private static readonly FoundPerson Passerby = At(0, 0, 60, 160);
    private static readonly FoundPerson OtherPasserby = At(940, 0, 60, 160);

    public static TheoryData<PersonRule, int> Meant => new()
    {
        { PersonRule.Largest, 1 },
        { PersonRule.Left, 0 },
        { PersonRule.Right, 2 },
    };

    [Theory]
    [MemberData(nameof(Meant))]
    public void Choose_ByRule_LeavesThoseInTheBackgroundOut(PersonRule rule, int meant)
    {
        FoundPerson[] people = [Left, Large, Right];

        var chosen = PersonChoice.Choose([Passerby, .. people, OtherPasserby], new(rule), Photo);

        Assert.Same(people[meant], chosen);
    }

    [Fact]
    public void Choose_LargestOfEquals_IsTheOneNearestTheMiddle()
    {
        var (edge, middle) = (At(0, 50, 160, 400), At(500, 50, 160, 400));

        Assert.Same(middle, PersonChoice.Choose([edge, middle], PersonSelection.Default, Photo));
        Assert.Same(middle, PersonChoice.Choose([middle, edge], PersonSelection.Default, Photo));
    }

    [Fact]
    public void Choose_OnlyWithSomebodyInTheBackground_IsTheOneInFront() =>
        Assert.Same(Large, PersonChoice.Choose([Passerby, Large], new(PersonRule.Only), Photo));

    [Fact]
    public void Choose_OnlyOfSeveralOfLikeSize_IsRefusedWithTheirNumber()
    {
        var refused = Assert.Throws<RejectedException>(() => PersonChoice.Choose([Large, Passerby, Left, Right], new(PersonRule.Only), Photo));

        Assert.Equal(FailureCodes.PersonAmbiguous, refused.Code);
        Assert.StartsWith("3 people", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.00, 0.0, 0.06, 0.3, 0)]
    [InlineData(0.25, 0.0, 0.30, 1.0, 1)]
    [InlineData(0.80, 0.1, 0.20, 0.7, 2)]
    [InlineData(0.00, 0.0, 1.00, 1.0, 1)]
    public void Choose_Box_IsWhoHasMostInCommonWithIt(double x, double y, double width, double height, int meant)
    {
        FoundPerson[] people = [Passerby, Large, Right];

        var chosen = PersonChoice.Choose(people, new(PersonRule.Largest, new PersonBox(x, y, width, height)), Photo);

        Assert.Same(people[meant], chosen);
    }

    [Fact]
    public void Choose_BoxWhereNobodyIs_IsRefusedAndSaysHowManyAreElsewhere()
    {
        var refused = Assert.Throws<RejectedException>(
            () => PersonChoice.Choose([Large, Left], new(PersonRule.Largest, new PersonBox(0.6, 0.1, 0.2, 0.8)), Photo));

        Assert.Equal(FailureCodes.PersonMissing, refused.Code);
        Assert.Contains("elsewhere in the photo: 2", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("largest")]
    [InlineData("left")]
    [InlineData("only")]
    [InlineData("0,0,1,1")]
    public void Choose_AmongNobody_IsRefused(string text)
    {
        Assert.True(PersonSelection.TryParse(text, out var selection));

        var refused = Assert.Throws<RejectedException>(() => PersonChoice.Choose([], selection, Photo));

        Assert.Equal(FailureCodes.PersonMissing, refused.Code);
    }

    private static FoundPerson At(double x, double y, double width, double height) =>
        StandingPersonParser.StandingIn(new(x, y, width, height));
}
