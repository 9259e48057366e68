using PoseFunctions.Cli;
using Spectre.Console;

using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    cancellation.Cancel();
};

// Results go to standard output, everything for people's eyes to standard error, so that scripts can read the former.
var messages = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
return await new CommandLineApplication(new Terminal(messages, Console.Out), TimeProvider.System).RunAsync(args, cancellation.Token);
