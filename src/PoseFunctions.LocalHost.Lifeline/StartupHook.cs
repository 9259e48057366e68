using System.Diagnostics;

/// <summary>
/// Runs in a worker process before its own code does (<c>DOTNET_STARTUP_HOOKS</c>; the runtime wants this very name, in no
/// namespace). The worker's standard input is a pipe whose other end only the local host holds: when it closes, the host is
/// gone, however it ended, and the worker would go on for ever with nobody to work for.
/// </summary>
internal static class StartupHook
{
    private const string Variable = "DOTNET_STARTUP_HOOKS";

    public static void Initialize()
    {
        // Not for the processes that the worker may start: their standard input is their own.
        var others = Environment.GetEnvironmentVariable(Variable)?.Split(Path.PathSeparator)
            .Where(hook => hook != typeof(StartupHook).Assembly.Location);
        Environment.SetEnvironmentVariable(Variable, others is null ? null : string.Join(Path.PathSeparator.ToString(), others));
        new Thread(EndWithTheHost) { IsBackground = true, Name = "Lifeline" }.Start();
    }

    private static void EndWithTheHost()
    {
        using var lifeline = Console.OpenStandardInput();
        lifeline.CopyTo(Stream.Null);
        Process.GetCurrentProcess().Kill();
    }
}
