using System.Runtime.InteropServices;
using PoseFunctions.Cli;
using Spectre.Console;

using var cancellation = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);

// Results go to standard output, everything for people's eyes to standard error, so that scripts can read the former.
var messages = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
return await new CommandLineApplication(new Terminal(messages, Console.Out), TimeProvider.System).RunAsync(args, cancellation.Token);

void Cancel(PosixSignalContext signal)
{
    signal.Cancel = true;
    cancellation.Cancel();
}
