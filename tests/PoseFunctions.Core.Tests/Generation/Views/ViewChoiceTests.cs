using PoseFunctions.Core.Generation;
using PoseFunctions.Core.Generation.Views;
using PoseFunctions.Core.Tests.Generation.Composition;
using Xunit;

namespace PoseFunctions.Core.Tests.Generation.Views;

public sealed class ViewChoiceTests
{
    [Fact]
    public void Among_HalvesThatOneViewShowsEach_TakesEachFromItsView()
    {
        var chosen = ViewChoice.Among([Flows.Shifted(visibility: (_, row) => row < 32 ? 0.9f : 0.1f), Flows.Shifted(visibility: (_, row) => row < 32 ? 0.1f : 0.9f)]);

        Assert.All(chosen.Index(), cell => Assert.Equal(RowOf(cell.Index) < 32 ? 0 : 1, cell.Item));
    }

    [Fact]
    public void Among_LoneCellsThatAnotherViewShowsALittleBetter_GoWithTheirNeighbours()
    {
        var speckled = Flows.Shifted(visibility: (column, row) => (column + row) % 3 == 0 ? 0.9f : 0.75f);

        Assert.All(ViewChoice.Among([Flows.Shifted(visibility: (_, _) => 0.85f), speckled]), view => Assert.Equal(0, view));
        Assert.All(ViewChoice.Among([speckled, Flows.Shifted(visibility: (_, _) => 0.85f)]), view => Assert.Equal(1, view));
    }

    [Fact]
    public void Among_PlaceThatOnlyAnotherViewShows_IsTakenFromIt()
    {
        // A patch of three cells across, all round of which the first view is sure.
        static bool IsPatch(int column, int row) => column is >= 20 and < 23 && row is >= 30 and < 33;
        var chosen = ViewChoice.Among(
        [
            Flows.Shifted(visibility: (column, row) => IsPatch(column, row) ? 0.2f : 0.95f),
            Flows.Shifted(visibility: (column, row) => IsPatch(column, row) ? 0.7f : 0.5f),
        ]);

        Assert.All(chosen.Index(), cell => Assert.Equal(IsPatch(cell.Index % Flows.Size.Width, RowOf(cell.Index)) ? 1 : 0, cell.Item));
    }

    [Fact]
    public void Among_WhatNoViewShows_IsTakenFromTheOneThatShowsMost()
    {
        var little = Flows.Shifted(visibility: (_, row) => row < 8 ? 0.9f : 0.3f);
        var much = Flows.Shifted(visibility: (_, row) => row is >= 8 and < 40 ? 0.9f : 0.1f);

        Assert.All(ViewChoice.Among([little, much])[(50 * Flows.Size.Width)..], view => Assert.Equal(1, view));
        Assert.All(ViewChoice.Among([much, little])[(50 * Flows.Size.Width)..], view => Assert.Equal(0, view));
    }

    [Fact]
    public void Among_ViewThatHasNobodyInAPlace_IsNotAskedForIt()
    {
        var chosen = ViewChoice.Among(
            [Flows.Shifted(visibility: (_, _) => 1, person: (column, _) => column < 24 ? 1 : 0), Flows.Shifted(visibility: (_, _) => 0.7f)]);

        Assert.Equal((0, 1), (chosen[10], chosen[40]));
    }

    [Fact]
    public void Among_OtherOrderOfViews_ChoosesTheSamePhotos()
    {
        var views = Enumerable.Range(1, 4).Select(Patchy).ToArray();
        int[] order = [2, 0, 3, 1];

        var (one, other) = (ViewChoice.Among(views), ViewChoice.Among([.. order.Select(view => views[view])]));

        Assert.True(one.Distinct().Count() == 4, "The views of this test should all be chosen somewhere.");
        Assert.Equal(one, other.Select(view => order[view]));
    }

    [Fact]
    public void Among_ViewsThatShowTheSame_TakesTheFirst() =>
        Assert.All(ViewChoice.Among([Flows.Shifted(), Flows.Shifted(), Flows.Shifted()]), view => Assert.Equal(0, view));

    /// <summary>A view that shows every place more or less, by waves of its own.</summary>
    private static SurfaceFlow Patchy(int seed) => Flows.Shifted(
        visibility: (column, row) => (float)(0.5 + (0.2 * Math.Sin((column * 0.11 * seed) + row)) + (0.25 * Math.Cos((row * 0.07 * (5 - seed)) + (seed * 1.7)))));

    private static int RowOf(int cell) => cell / Flows.Size.Width;
}
