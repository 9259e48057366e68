using System.Diagnostics;
using System.Globalization;

namespace PoseFunctions.Testing.Service;

/// <summary>POSIX signals to other processes.</summary>
public static class Signals
{
    public const string Kill = "KILL";
    public const string Terminate = "TERM";
    public const string Interrupt = "INT";
    public const string Continue = "CONT";
    public const string Stop = "STOP";

    /// <summary>Sends a signal; a process that is already gone needs none.</summary>
    public static void Send(int processId, string signal)
    {
        var start = new ProcessStartInfo("kill", [$"-{signal}", processId.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardError = true };
        using var kill = Process.Start(start)!;
        kill.WaitForExit();
        if (kill.ExitCode != 0 && Directory.Exists($"/proc/{processId}"))
        {
            throw new InvalidOperationException(
                $"Signal {signal} cannot be sent to process {processId}: {kill.StandardError.ReadToEnd()}");
        }
    }
}
