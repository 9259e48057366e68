namespace PoseFunctions.Inference.Batching;

/// <summary>A token that is cancelled once every one of several tokens is.</summary>
internal sealed class AllCancelled : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly List<CancellationTokenRegistration> registrations = [];
    private int remaining;

    public AllCancelled(IReadOnlyCollection<CancellationToken> tokens)
    {
        remaining = tokens.Count;
        registrations.AddRange(tokens.Select(token => token.UnsafeRegister(static state => ((AllCancelled)state!).CountDown(), this)));
    }

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        source.Dispose();
    }

    private void CountDown()
    {
        if (Interlocked.Decrement(ref remaining) == 0)
        {
            source.Cancel();
        }
    }
}
