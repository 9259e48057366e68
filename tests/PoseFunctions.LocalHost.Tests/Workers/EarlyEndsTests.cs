using PoseFunctions.LocalHost.Workers;
using PoseFunctions.Testing.Time;

namespace PoseFunctions.LocalHost.Tests.Workers;

public sealed class EarlyEndsTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(59);

    private readonly FakeTimeProvider clock = new();
    private readonly EarlyEnds ends;

    public EarlyEndsTests() => ends = new(clock);

    [Fact]
    public void Add_ThirdEarlyEndInARow_IsOneTooMany()
    {
        Assert.False(End(Soon));
        Assert.False(End(Soon));
        Assert.True(End(Soon));
    }

    [Fact]
    public void Add_WorkerThatRanForAMinute_CountsFromTheBeginning()
    {
        End(Soon);
        End(Soon);

        Assert.False(End(TimeSpan.FromSeconds(60)));
        Assert.False(End(Soon));
        Assert.False(End(Soon));
        Assert.True(End(Soon));
    }

    [Fact]
    public void Add_WorkerThatSomebodyElseEnded_CountsFromTheBeginning()
    {
        End(Soon);
        End(Soon);

        Assert.False(End(Soon, byItself: false));
        Assert.False(End(Soon));
        Assert.False(End(Soon));
        Assert.True(End(Soon));
    }

    private bool End(TimeSpan after, bool byItself = true)
    {
        ends.Ready();
        clock.Advance(after);
        return ends.Add(byItself);
    }
}
