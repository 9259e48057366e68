using PoseFunctions.Core.Generation.Composition;
using PoseFunctions.Core.Generation.Rendering;
using PoseFunctions.Core.Images;
using Xunit;

namespace PoseFunctions.Core.Tests.Generation.Composition;

public sealed class CoverageTests
{
    private static readonly ImageSize Photo = new(100, 120);
    private static readonly FramePlacement Inside = new(new(30, 20, 60, 80), new(30, 40));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(16, 0.25)]
    [InlineData(64, 1)]
    public void Of_RowsThatThePhotoShows_IsTheirShare(int rows, double share) =>
        Assert.Equal(share, Coverage.Of(Flows.Shifted(visibility: (_, row) => row < rows ? 0.9f : 0.2f), Inside, Photo));

    [Fact]
    public void Of_CellsWithoutThePerson_DoNotCount() => Assert.Equal(
        0.5,
        Coverage.Of(Flows.Shifted(visibility: (_, row) => row < 16 ? 1 : 0, person: (_, row) => row < 32 ? 1 : 0.4f), Inside, Photo));

    [Fact]
    public void Of_PersonBeyondThePhoto_DoesNotCount() => Assert.Equal(
        1,
        Coverage.Of(Flows.Shifted(visibility: (_, row) => row < 16 ? 1 : 0), Inside with { Window = new(30, 100, 60, 80) }, Photo));

    [Fact]
    public void Of_Nobody_IsNothing() => Assert.Equal(0, Coverage.Of(Flows.Shifted(person: (_, _) => 0), Inside, Photo));
}
