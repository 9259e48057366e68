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
    public static bool IsRunning(int id)
    {
        try
        {
            var state = File.ReadAllText($"/proc/{id}/stat");
            return state[(state.LastIndexOf(')') + 2)..][0] is not ('Z' or 'X');
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return false;
        }
    }
}
