using PoseFunctions.Core.Models;
using PoseFunctions.Inference.People;
using Xunit;

namespace PoseFunctions.Inference.Tests.People;

public sealed class AnchorGridTests
{
    [Fact]
    public void Of_DecoderOfThePublishedDetector_HasItsAnchorsInItsOrder()
    {
        var anchors = AnchorGrid.Of(224, new DecoderSpecification("anchors", Strides: [8, 16, 32, 32, 32], AnchorsPerCell: 2));

        Assert.Equal(2254, anchors.Length);
        Assert.Equal([(4f, 4f), (4f, 4f), (12f, 4f)], anchors[..3]);

        // 28 x 28 cells of two, then 14 x 14 of two, then 7 x 7 of six, because the last three grids share their cells.
        Assert.Equal([(220f, 220f), (8f, 8f), (8f, 8f), (24f, 8f)], anchors[1567..1571]);
        Assert.Equal([(216f, 216f), (16f, 16f)], anchors[1959..1961]);
        Assert.Equal([(16f, 16f), (48f, 16f)], anchors[1965..1967]);
        Assert.Equal((208f, 208f), anchors[^1]);
    }

    [Fact]
    public void Of_StrideThatDoesNotDivideTheSize_CoversItAll()
    {
        var anchors = AnchorGrid.Of(20, new DecoderSpecification("anchors", Strides: [8], AnchorsPerCell: 1));

        Assert.Equal(9, anchors.Length);
        Assert.Equal(20 / 6f, anchors[0].X, 4);
        Assert.Equal(20 * 5 / 6f, anchors[^1].Y, 4);
    }
}
