using System.Diagnostics;
using System.Globalization;

namespace PoseFunctions.LocalHost.Tests.Support;

/// <summary>Processes of others, by their ids.</summary>
internal static class Processes
{
    /// <summary><c>kill -9</c>.</summary>
    public static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
    }

    /// <summary>SIGTERM, as an orchestrator or a terminal sends it.</summary>
    public static async Task TerminateAsync(int id)
    {
        using var kill = Process.Start("kill", ["-TERM", id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Whether it runs: a process that has ended may still be listed until its parent has looked.</summary>
    public static bool IsRunning(int id) => ReadState(id) is { } state && state[0] is not ("Z" or "X");

    /// <summary>Processes that another one has started.</summary>
    public static IReadOnlyList<int> ChildrenOf(int id)
    {
        var parent = id.ToString(CultureInfo.InvariantCulture);
        return
        [
            .. Directory.EnumerateDirectories("/proc")
                .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process) ? process : 0)
                .Where(process => process > 0 && ReadState(process) is { } state && state[1] == parent),
        ];
    }

    /// <summary>State, parent, and what follows them in <c>/proc/ID/stat</c>; null where there is no such process.</summary>
    private static string[]? ReadState(int id)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{id}/stat");
            return line[(line.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
