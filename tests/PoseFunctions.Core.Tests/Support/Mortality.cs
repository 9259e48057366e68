namespace PoseFunctions.Core.Tests.Support;

/// <summary>
/// Kills a process at its n-th storage call, before or after the call took effect. From then on every call fails, so that no
/// clean-up code of the dead process does anything any more.
/// </summary>
internal sealed class Mortality(int deadlyCall = int.MaxValue, bool afterEffect = false)
{
    private int calls;

    public bool IsDead { get; private set; }

    public int Calls => calls;

    /// <summary>Called before every call.</summary>
    public Action? Calling { get; set; }

    /// <summary>Whether storage does not answer when a record is replaced.</summary>
    public Func<bool> IsStorageAway { get; init; } = () => false;

    /// <summary>Kills the process now.</summary>
    public void Kill() => IsDead = true;

    public async Task<T> CallAsync<T>(Func<Task<T>> effect)
    {
        Calling?.Invoke();
        if (IsDead || (Interlocked.Increment(ref calls) == deadlyCall && !afterEffect))
        {
            IsDead = true;
            throw new ProcessDeathException();
        }

        var deadly = calls == deadlyCall;
        var result = await effect();
        if (deadly || IsDead)
        {
            IsDead = true;
            throw new ProcessDeathException();
        }

        return result;
    }

    public Task CallAsync(Func<Task> effect) => CallAsync(async () =>
    {
        await effect();
        return true;
    });
}
