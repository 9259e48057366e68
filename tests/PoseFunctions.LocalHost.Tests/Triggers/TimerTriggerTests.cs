using PoseFunctions.LocalHost.Tests.Support;

namespace PoseFunctions.LocalHost.Tests.Triggers;

/// <summary>Timers of the sample.</summary>
[Collection(BindingsCollection.Name)]
public sealed class TimerTriggerTests(BindingsFixture fixture)
{
    private readonly SampleHost host = fixture.Host;

    [Fact]
    public async Task Timer_RunsOnItsSchedule() => Assert.Equal("False", (await host.Journal.WaitForAsync("TimerTick", count: 2))[1]);

    [Fact]
    public async Task Timer_WithRunOnStartup_RunsOnceAtStartAndKnowsItsNextTime()
    {
        var runs = await host.Journal.WaitForAsync("TimerStart");

        Assert.Equal(["1"], runs);
    }
}
