using System.Runtime.InteropServices;
using PoseFunctions.Cli;

using var cancellation = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
return await new CommandLineApplication(Terminal.OfThisProcess(), TimeProvider.System).RunAsync(args, cancellation.Token);

// The first signal ends the work in order; another one ends the process, whatever it hangs in.
void Cancel(PosixSignalContext signal)
{
    signal.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
}
