using PoseFunctions.LocalHost.Events;
using PoseFunctions.LocalHost.Events.Faults;
using PoseFunctions.Testing.Time;

namespace PoseFunctions.LocalHost.Tests.Events.Faults;

public sealed class EventFaultsTests
{
    private static readonly BlobCreated[] Events = AnEvent.Series(400);

    [Fact]
    public async Task Apply_WithoutKnobs_ChangesNothing() => Assert.Equal(Events, await ApplyAsync(new BlobEventOptions()));

    [Fact]
    public async Task Apply_SameSeedAndOrder_IsTheSameAgain()
    {
        var options = new BlobEventOptions
        {
            Drop = 0.2,
            Double = 0.3,
            Delay = TimeSpan.FromSeconds(1),
            Shuffle = 8,
            Seed = ASeed.Draw(),
        };

        var first = await ApplyAsync(options);

        Assert.Equal(first, await ApplyAsync(options));
        Assert.NotEqual(first, await ApplyAsync(options with { Seed = options.Seed ^ 1 }));
    }

    [Fact]
    public async Task Apply_AnotherKnobTurned_DropsTheSameEvents()
    {
        var options = new BlobEventOptions { Drop = 0.2, Seed = ASeed.Draw() };

        var alone = await ApplyAsync(options);
        var together = await ApplyAsync(options with { Double = 0.5, Shuffle = 8 });

        Assert.Equal(alone.ToHashSet(), together.ToHashSet());
    }

    [Fact]
    public async Task Drop_OfAShare_LosesAboutThatMany()
    {
        var left = await ApplyAsync(new BlobEventOptions { Drop = 0.25, Seed = ASeed.Draw() });

        // 300 expected; seven standard deviations of a binomial distribution either way.
        Assert.InRange(left.Count, 240, 360);
        Assert.Equal(left, Events.Intersect(left));
    }

    [Fact]
    public async Task Drop_OfAll_LeavesNone() => Assert.Empty(await ApplyAsync(new BlobEventOptions { Drop = 1 }));

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Double_OfAll_DeliversEachInSoManyCopies(int copies)
    {
        var delivered = await ApplyAsync(new BlobEventOptions { Double = 1, Copies = copies });

        Assert.Equal(Events.SelectMany(blob => Enumerable.Repeat(blob, copies)), delivered);
    }

    [Fact]
    public async Task Double_OfAShare_RepeatsAboutThatMany()
    {
        var delivered = await ApplyAsync(new BlobEventOptions { Double = 0.25, Seed = ASeed.Draw() });

        Assert.InRange(delivered.Count, 440, 560);
        Assert.Equal(Events, delivered.Distinct());
    }

    [Fact]
    public async Task Shuffle_MixesWithinWindowsOnly()
    {
        var delivered = await ApplyAsync(new BlobEventOptions { Shuffle = 8, Seed = ASeed.Draw() });

        Assert.NotEqual(Events, delivered);
        Assert.Equal(Events.Chunk(8).Select(window => window.ToHashSet()), delivered.Chunk(8).Select(window => window.ToHashSet()));
    }

    private static async Task<List<BlobCreated>> ApplyAsync(BlobEventOptions options) => await EventFaults
        .Apply(Events.ToAsyncEnumerable(), options, new FakeTimeProvider(), TestContext.Current.CancellationToken)
        .ToListAsync(TestContext.Current.CancellationToken);
}
