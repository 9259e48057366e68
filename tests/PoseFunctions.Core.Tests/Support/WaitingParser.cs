using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;

namespace PoseFunctions.Core.Tests.Support;

/// <summary>Parses the first photo at once and lets every later one wait until it is released.</summary>
internal sealed class WaitingParser : IPersonParser
{
    private readonly StandingPersonParser inner = new();
    private readonly TaskCompletionSource released = new();
    private int parsed;

    /// <summary>How many images wait here, kept in memory.</summary>
    public int Waiting => parsed - 1;

    public string Version => inner.Version;

    public float MinimumConfidence => inner.MinimumConfidence;

    public void Release() => released.SetResult();

    public Task<IReadOnlyList<FoundPerson>> FindAsync(RgbImage photo, CancellationToken cancellationToken) =>
        inner.FindAsync(photo, cancellationToken);

    public async Task<ParsedPerson> ParseAsync(RgbImage photo, PersonSquare square, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref parsed) > 1)
        {
            await released.Task;
        }

        return await inner.ParseAsync(photo, square, cancellationToken);
    }
}
