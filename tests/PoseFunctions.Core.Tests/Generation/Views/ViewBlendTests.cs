using PoseFunctions.Core.Generation.Composition;
using PoseFunctions.Core.Generation.Views;
using PoseFunctions.Core.Tests.Generation.Composition;
using Xunit;

namespace PoseFunctions.Core.Tests.Generation.Views;

public sealed class ViewBlendTests
{
    [Fact]
    public void Of_OneView_IsThatViewAsItIs()
    {
        var view = Flows.Shifted(visibility: (column, row) => (column + row) / 112f, person: (_, row) => row / 64f);
        var blend = ViewBlend.Of([view]);

        Assert.Same(view, blend.Surface);
        Assert.All(Assert.Single(blend.Shares), share => Assert.Equal(1, share));
    }

    [Fact]
    public void Of_TwoHalves_GoesOverFromOneToTheOtherStepByStep()
    {
        var blend = ViewBlend.Of([Flows.Shifted(visibility: (column, _) => column < 24 ? 0.9f : 0), Flows.Shifted(visibility: (column, _) => column < 24 ? 0 : 0.9f)]);

        var row = blend.Shares[0][..Flows.Size.Width];
        Assert.All(row.Zip(row.Skip(1)), pair => Assert.InRange(pair.First - pair.Second, 0, 0.34f));
        Assert.Equal((1, 0), (row[20], row[27]));
        Assert.All(blend.Shares[0].Zip(blend.Shares[1]), shares => Assert.Equal(1, shares.First + shares.Second, 1e-5f));
    }

    [Theory]
    [InlineData(16, 16, 0.25)]
    [InlineData(16, 32, 0.5)]
    [InlineData(32, 64, 1)]
    [InlineData(64, 64, 1)]
    public void Of_TwoViews_CoversWhatEitherShows(int firstRows, int untilRow, double coverage)
    {
        var blend = ViewBlend.Of(
        [
            Flows.Shifted(visibility: (_, row) => row < firstRows ? 0.9f : 0.1f),
            Flows.Shifted(visibility: (_, row) => row >= firstRows && row < untilRow ? 0.6f : 0.1f),
        ]);

        Assert.Equal(coverage, Coverage.Of(blend.Surface, new(new(0, 0, 48, 64), new(48, 64)), new(48, 64)));
    }

    [Fact]
    public void Of_ViewsThatDrawThePersonOtherwise_DrawsThemAsTheViewDoesThatIsPainted()
    {
        // The first shows the upper half and thinks the person narrow; the second the lower half, and thinks them wide.
        var narrow = Flows.Shifted(visibility: (_, row) => row < 32 ? 0.9f : 0, person: (column, _) => column is >= 20 and < 28 ? 1 : 0);
        var wide = Flows.Shifted(visibility: (_, row) => row >= 32 ? 0.9f : 0, person: (column, _) => column is >= 10 and < 38 ? 1 : 0);
        var surface = ViewBlend.Of([narrow, wide]).Surface;

        Assert.Equal([1, 1], new[] { At(24, 10), At(24, 50) });
        Assert.Equal([0, 1], new[] { At(14, 10), At(14, 50) });

        float At(int column, int row) => surface.Person[(row * Flows.Size.Width) + column];
    }

    [Fact]
    public void Of_ViewThatHasNobodyInAPlace_DoesNotCoverIt()
    {
        var blind = Flows.Shifted(visibility: (_, _) => 0.1f);
        var elsewhere = Flows.Shifted(visibility: (_, _) => 0.9f, person: (column, _) => column < 12 ? 1 : 0);

        Assert.Equal(0.1f, ViewBlend.Of([blind, elsewhere]).Surface.Visibility[40]);
        Assert.Equal(0.9f, ViewBlend.Of([blind, elsewhere]).Surface.Visibility[4]);
    }
}
