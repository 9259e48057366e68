using PoseFunctions.Core.Leases;
using PoseFunctions.Testing.Time;
using Xunit;

namespace PoseFunctions.Core.Tests.Leases;

public sealed class WorkRateTests
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly WorkRate rate;

    public WorkRateTests() => rate = new(clock);

    [Fact]
    public void Update_IdleForHours_ForgetsNothing()
    {
        Run(TimeSpan.FromSeconds(0.5));
        Assert.Equal(2, rate.Update());

        for (var beat = 0; beat < 10_000; beat++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(2, rate.Update());
        }
    }

    [Fact]
    public void Update_ShortJobsFarApart_CountsTheTimeOfWorkOnly()
    {
        for (var job = 0; job < 5; job++)
        {
            Run(TimeSpan.FromSeconds(0.25));
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(4, rate.Update(), precision: 6);
    }

    [Fact]
    public void Update_JobsSideBySide_CountsTheirTimeOnce()
    {
        rate.Begin();
        rate.Begin();
        clock.Advance(TimeSpan.FromSeconds(1));
        rate.Finish();
        rate.Finish();
        rate.End();
        rate.End();

        Assert.Equal(2, rate.Update(), precision: 6);
    }

    [Fact]
    public void Update_JobLongerThanManyBeats_TellsItsLength()
    {
        for (var job = 0; job < 50; job++)
        {
            rate.Begin();
            for (var beat = 0; beat < 10; beat++)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                rate.Update();
            }

            rate.Finish();
            rate.End();
        }

        Assert.InRange(rate.Update(), 0.08, 0.12);
    }

    [Fact]
    public void Update_NothingFinishedYet_IsZero()
    {
        Assert.Equal(0, rate.Update());
        rate.Begin();
        clock.Advance(TimeSpan.FromSeconds(1));
        rate.End();
        Assert.Equal(0, rate.Update());
    }

    private void Run(TimeSpan duration)
    {
        rate.Begin();
        clock.Advance(duration);
        rate.Finish();
        rate.End();
    }
}
