using PoseFunctions.LocalTriggers.Tests.Functions;
using PoseFunctions.LocalWorker.Discovery;
using PoseFunctions.Testing.Azurite;

namespace PoseFunctions.LocalTriggers.Tests;

public sealed class TimerTriggerTests(AzuriteFixture azurite)
{
    private readonly Probe probe = new();

    [Fact]
    public async Task Start_WarmsUpFirst_ThenRunsTheTimerAgainAndAgain()
    {
        await using var engine = await StartAsync("00:00:00.050");

        Assert.Equal("warm", await probe.NextAsync());
        Assert.Equal("tick 0", await probe.NextAsync());
        Assert.Equal("tick 0", await probe.NextAsync());
    }

    [Fact]
    public async Task Tick_AlwaysFails_IsRepeatedAsOftenAsItsAttributeSays()
    {
        probe.Behaviour = (_, _) => throw new InvalidOperationException("Always.");
        await using var engine = await StartAsync("00:00:00.050");

        string[] calls = [await probe.NextAsync(), await probe.NextAsync(), await probe.NextAsync(), await probe.NextAsync(), await probe.NextAsync()];

        Assert.Equal(["warm", "tick 0", "tick 1", "tick 2", "tick 0"], calls);
    }

    [Fact]
    public async Task Start_SettingOfTheScheduleMissing_IsRefusedByName()
    {
        var exception = await Assert.ThrowsAsync<Configuration.HostConfigurationException>(() => EngineUnderTest.StartAsync(
            azurite.ConnectionString, probe, [typeof(TimerFunctions)]));

        Assert.Contains("'Schedule'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Catalog_SameClassTwice_RefusesTheSharedName() =>
        Assert.Throws<FunctionDeclarationException>(() => new FunctionCatalog([typeof(TimerFunctions), typeof(TimerFunctions)]));

    private Task<EngineUnderTest> StartAsync(string schedule) => EngineUnderTest.StartAsync(
        azurite.ConnectionString, probe, [typeof(TimerFunctions)], settings: new() { ["Schedule"] = schedule });
}
