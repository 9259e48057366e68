namespace PoseFunctions.LocalHost.Tests.Support;

/// <summary>Waits for what happens in another process. The limit is for what never happens, not for what is slow.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>Looks until what it sees is as the test wants it.</summary>
    /// <returns>What it saw then.</returns>
    public static async Task<T> SeeAsync<T>(Func<Task<T>> look, Func<T, bool> isWanted)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var pause = new PeriodicTimer(Look);
        while (true)
        {
            var seen = await look();
            if (isWanted(seen))
            {
                return seen;
            }

            Assert.False(patience.IsCancellationRequested, $"Waited in vain; the last to be seen was {seen}.");
            await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    public static Task<T> SeeAsync<T>(Func<T> look, Func<T, bool> isWanted) => SeeAsync(() => Task.FromResult(look()), isWanted);

    public static Task BeAsync(Func<bool> condition) => SeeAsync(condition, isTrue => isTrue);
}
