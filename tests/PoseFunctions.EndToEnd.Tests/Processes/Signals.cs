using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PoseFunctions.EndToEnd.Tests.Processes;

/// <summary>POSIX signals to other processes.</summary>
internal static partial class Signals
{
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>Sends a signal; a process that is already gone needs none.</summary>
    public static void Send(Process process, int signal)
    {
        const int NoSuchProcess = 3;
        if (SendSignal(process.Id, signal) != 0 && Marshal.GetLastPInvokeError() is var error and not NoSuchProcess)
        {
            throw new InvalidOperationException(
                $"Signal {signal} cannot be sent to process {process.Id}: {Marshal.GetPInvokeErrorMessage(error)}");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int processId, int signal);
}
