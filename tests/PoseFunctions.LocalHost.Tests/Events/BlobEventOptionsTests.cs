using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PoseFunctions.LocalHost.Events;

namespace PoseFunctions.LocalHost.Tests.Events;

public sealed class BlobEventOptionsTests
{
    public static TheoryData<string> Wrong => [.. Mistakes.Keys];

    private static Dictionary<string, BlobEventOptions> Mistakes => new()
    {
        [nameof(BlobEventOptions.Drop)] = new() { Drop = 1.1 },
        [nameof(BlobEventOptions.Double)] = new() { Double = -0.1 },
        [nameof(BlobEventOptions.Copies)] = new() { Copies = 6 },
        [nameof(BlobEventOptions.Delay)] = new() { Delay = TimeSpan.FromSeconds(-1) },
        [nameof(BlobEventOptions.Shuffle)] = new() { Shuffle = -1 },
        [nameof(BlobEventOptions.ShuffleWait)] = new() { ShuffleWait = TimeSpan.FromHours(1) },
        [nameof(BlobEventOptions.Backlog)] = new() { Backlog = 0 },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Start_WithAKnobOutOfItsRange_IsRefused(string knob)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => BlobEventSource.StartAsync(
            EmulatorConnection.Parse("UseDevelopmentStorage=true"),
            Mistakes[knob],
            new RecordingSink(),
            TimeProvider.System,
            NullLoggerFactory.Instance,
            TestContext.Current.CancellationToken));

        Assert.Contains(knob, Assert.Single(refusal.Failures), StringComparison.Ordinal);
    }
}
