using System.Threading.Channels;

namespace PoseFunctions.LocalTriggers.Tests;

/// <summary>What the functions under test report, and what the test tells them to do.</summary>
public sealed class Probe
{
    private readonly Channel<string> calls = Channel.CreateUnbounded<string>();

    /// <summary>Runs inside the function with what it reports and its token; throws to make it fail.</summary>
    public Func<string, CancellationToken, Task> Behaviour { get; set; } = (_, _) => Task.CompletedTask;

    public async Task CallAsync(string what, CancellationToken cancellationToken)
    {
        calls.Writer.TryWrite(what);
        await Behaviour(what, cancellationToken);
    }

    /// <summary>The next report; fails the test after 30 seconds without one.</summary>
    public async Task<string> NextAsync() =>
        await calls.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask()
            .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    /// <summary>How many reports nobody has taken yet.</summary>
    public int Waiting => calls.Reader.Count;
}
