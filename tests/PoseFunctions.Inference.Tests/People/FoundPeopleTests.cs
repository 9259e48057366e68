using PoseFunctions.Core.People;
using PoseFunctions.Testing;
using Xunit;

namespace PoseFunctions.Inference.Tests.People;

/// <summary>Who is found in photos: several people, much wall, upside down, nobody.</summary>
public sealed class FoundPeopleTests : IDisposable
{
    private const string Sample = "person-5.jpg";

    private readonly ParserUnderTest models = ParserUnderTest.OfTheService();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Samples =>
        [.. Directory.EnumerateFiles(RepositoryRoot.Combine("models", "samples"), "*.jpg").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Find_EverySample_IsOnePersonWhoStands(string name)
    {
        var person = Assert.Single(await models.FindAsync(RepositoryRoot.Combine("models", "samples", name), Cancel));

        Assert.Equal(0, UprightPhoto.TurnsFor(person.Square));
    }

    [Theory]
    [InlineData("two.jpg")]
    [InlineData("two-04.jpg")]
    public async Task Find_TwoPeople_AreTwoInTheirHalves(string name)
    {
        var found = await models.FindAsync(SharedTestData.Require("cases", name), Cancel);

        var middles = found.Select(person => person.Square.CenterX).Order().ToArray();
        Assert.Equal(2, middles.Length);
        Assert.True(middles[0] < 576 && middles[1] > 576, $"{middles[0]:0} and {middles[1]:0} of 1152");
    }

    [Theory]
    [InlineData("w16x9.jpg")]
    [InlineData("w2x1.jpg")]
    public async Task Find_MuchWallBesideThePerson_GivesTheSameSquareAsWithout(string name)
    {
        var wide = Assert.Single(await models.FindAsync(SharedTestData.Require("cases", name), Cancel));
        var narrow = await NarrowestAsync(wide);

        // All of them are 768 pixels high and show the same person at the same height.
        Assert.Equal(narrow.Square.Side, wide.Square.Side, 0.06 * narrow.Square.Side);
        Assert.Equal(narrow.Square.CenterY, wide.Square.CenterY, 0.06 * narrow.Square.Side);
        Assert.Equal(0, wide.Square.Angle, 0.1);
    }

    [Fact]
    public async Task Find_PersonUpsideDown_IsTurnedHalfway()
    {
        var person = Assert.Single(await models.FindAsync(SharedTestData.Require("cases", "upside.jpg"), Cancel));

        Assert.InRange(Math.Abs(person.Square.Angle), Math.PI - 0.2, Math.PI);
        Assert.Equal(2, UprightPhoto.TurnsFor(person.Square));
    }

    [Fact]
    public async Task Find_WallWithoutAnybody_IsNobody() =>
        Assert.Empty(await models.FindAsync(SharedTestData.Require("cases", "wall-junk.jpg"), Cancel));

    public void Dispose() => models.Dispose();

    /// <summary>The sample that the wide photo was made from: the one whose square is most alike.</summary>
    private async Task<FoundPerson> NarrowestAsync(FoundPerson wide)
    {
        var found = await models.FindAsync(RepositoryRoot.Combine("models", "samples", Sample), Cancel);
        return found.MinBy(person => Math.Abs(person.Square.Side - wide.Square.Side))!;
    }
}
