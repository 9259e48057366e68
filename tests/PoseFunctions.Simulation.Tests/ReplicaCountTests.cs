using PoseFunctions.Simulation.Queueing;

namespace PoseFunctions.Simulation.Tests;

public sealed class ReplicaCountTests
{
    private readonly ReplicaCount scaler = new(new()
    {
        MinReplicas = 1,
        MaxReplicas = 40,
        MessagesPerReplica = 10,
        PollingSeconds = 30,
        ColdStartSeconds = 60,
        ScaleInAfterSeconds = 300,
    });

    [Theory]
    [InlineData(0, 1)]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    [InlineData(10_000, 40)]
    public void Wanted_SoManyMessages_AreOneReplicaForEveryGroupWithinTheLimits(int messages, int wanted)
    {
        // Far apart, so that earlier looks do not matter, and with enough replicas that no step is too large.
        Assert.Equal(wanted, scaler.Decide(now: 0, messages, replicas: 40));
    }

    [Fact]
    public void Decide_ManyMessagesAtOnce_GrowsByFourAndThenDoubles()
    {
        var counts = new List<int> { 1 };
        for (var look = 1; look <= 5; look++)
        {
            counts.Add(scaler.Decide(30 * look, messages: 10_000, counts[^1]));
        }

        Assert.Equal([1, 5, 10, 20, 40, 40], counts);
    }

    [Fact]
    public void Decide_FewerMessages_TakesReplicasAwayOnlyAfterTheCoolDown()
    {
        Assert.Equal(5, scaler.Decide(now: 0, messages: 50, replicas: 5));
        Assert.Equal(5, scaler.Decide(now: 300, messages: 0, replicas: 5));
        Assert.Equal(1, scaler.Decide(now: 301, messages: 0, replicas: 5));
    }
}
