using PoseFunctions.Core.Jobs;
using PoseFunctions.Testing;
using PoseFunctions.Testing.Azurite;
using Xunit;

namespace PoseFunctions.Worker.Tests;

/// <summary>Storage and queues deliver at least once. On real storage, where calls of two workers really overlap.</summary>
public sealed class RepeatedEventTests(AzuriteFixture azurite, ITestOutputHelper output) : IClassFixture<AzuriteFixture>
{
    private const int Photos = 6;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryEvent_OneToFiveTimesInRandomOrder_OneRecordAndOneResultPerTarget()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var one = await ServiceUnderTest.StartAsync(azurite.ConnectionString, Cancel);
        await using var two = await ServiceUnderTest.StartAsync(azurite.ConnectionString, Cancel);
        for (var photo = 0; photo < Photos; photo++)
        {
            var content = await File.ReadAllBytesAsync(RepositoryRoot.Combine("models", "samples", $"person-{photo}.jpg"), Cancel);
            await one.DropAsync($"default/{photo}.jpg", content, Cancel, new() { ["poses"] = "front,walking" });
        }

        await DeliverAsync(Enumerable.Range(0, Photos), (service, photo) => service.ParseAsync("default", $"{photo}.jpg", Cancel));
        while (await one.TakeMessagesAsync(Cancel) is { Count: > 0 } messages)
        {
            await DeliverAsync(messages, (service, message) => service.RunAsync(message, Cancel));
        }

        var jobs = (await one.Jobs.ListAsync(tenant: null, 100, continuation: null, Cancel)).Jobs;
        Assert.Equal(Photos, jobs.Count);
        Assert.All(jobs, job => Assert.Equal(JobState.Succeeded, job.State));
        var results = (await one.BlobsAsync(Cancel)).Where(name => name.StartsWith("results/", StringComparison.Ordinal));
        Assert.Equal(
            jobs.SelectMany(job => new[] { 0, 1 }.Select(target => $"results/default/{job.Id.Digest}/{target}.jpg")).Order(StringComparer.Ordinal),
            results.Order(StringComparer.Ordinal));

        async Task DeliverAsync<T>(IEnumerable<T> events, Func<ServiceUnderTest, T, Task> deliver)
        {
            var deliveries = events.SelectMany(one => Enumerable.Repeat(one, random.Next(1, 6))).ToArray();
            random.Shuffle(deliveries);
            output.WriteLine($"{deliveries.Length} deliveries");
            await Task.WhenAll(deliveries.Select((item, index) => deliver(index % 2 == 0 ? one : two, item)));
        }
    }
}
