using PoseFunctions.Core.People;
using PoseFunctions.Testing;
using Xunit;

namespace PoseFunctions.Inference.Tests.People;

/// <summary>Who is found in photos: several people, much wall, upside down, nobody.</summary>
public sealed class FoundPeopleTests : IDisposable
{
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
        using var photo = ParserUnderTest.Decode(SharedTestData.Require("cases", name));
        var wide = Assert.Single(await models.Parser.FindAsync(photo, Cancel));
        var width = 3 * photo.Size.Height / 4;
        var left = Math.Clamp((int)wide.Square.CenterX - (width / 2), 0, photo.Size.Width - width);
        using var cut = photo.Crop(new(left, 0, width, photo.Size.Height));

        var narrow = Assert.Single(await models.Parser.FindAsync(cut, Cancel));

        Assert.Equal(narrow.Square.Side, wide.Square.Side, 0.06 * narrow.Square.Side);
        Assert.Equal(narrow.Square.CenterX + left, wide.Square.CenterX, 0.06 * narrow.Square.Side);
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
}
