using System.CommandLine;
using System.CommandLine.Help;
using PoseFunctions.Cli.Commands;
using PoseFunctions.Cli.Commands.Operator;
using PoseFunctions.Cli.Service;
using PoseFunctions.Core.Failures;
using Spectre.Console;

namespace PoseFunctions.Cli;

/// <summary>The program: reads the command line, runs one command, and turns every outcome into a sentence and an exit code.</summary>
internal sealed class CommandLineApplication(Terminal terminal, TimeProvider time)
{
    private const int HelpWidth = 80;

    // A photo may be named "@me.jpg": such a name is no file of further arguments.
    private readonly ParserConfiguration parsing = new() { ResponseFileTokenReplacer = null };

    private readonly InvocationConfiguration invocation = new()
    {
        Output = terminal.Output,
        Error = terminal.Messages.Profile.Out.Writer,
        EnableDefaultExceptionHandler = false,

        // The program handles signals itself: one source of cancellation, one sentence.
        ProcessTerminationTimeout = null,
    };

    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var arguments = BuildRoot().Parse(args, parsing);
        if (UsageErrors.Of(arguments) is { Count: > 0 } errors)
        {
            errors.ToList().ForEach(terminal.WriteError);
            terminal.Messages.MarkupLineInterpolated($"See '{UsageErrors.NameOf(arguments)} --help'.");
            return ExitCodes.Usage;
        }

        try
        {
            return await arguments.InvokeAsync(invocation, cancellationToken);
        }
        catch (ServiceUnreachableException exception)
        {
            return Fail(ExitCodes.Unreachable, exception.Message);
        }
        catch (ServiceProblemException exception)
        {
            return Fail(exception.IsServiceFault ? ExitCodes.Unreachable : ExitCodes.Usage, exception.Message);
        }
        catch (Exception exception) when (exception is UsageException or IOException or UnauthorizedAccessException or PoseFunctionsException)
        {
            return Fail(ExitCodes.Usage, exception.Message);
        }
        catch (OperationCanceledException)
        {
            return Fail(ExitCodes.Interrupted, "Cancelled. Jobs that were submitted go on; see them with 'list' and 'watch'.");
        }
        catch (Exception exception)
        {
            terminal.Messages.WriteException(exception, ExceptionFormats.ShortenEverything);
            return ExitCodes.Fault;
        }
    }

    private RootCommand BuildRoot()
    {
        var service = new ServiceOptions(time);
        var root = new RootCommand("Renders people from photos in other poses, through a PoseFunctions service.")
        {
            new SubmitCommand(service, terminal).Build(),
            new ListCommand(service, terminal).Build(),
            new WatchCommand(service, terminal).Build(),
            new FetchCommand(service, terminal).Build(),
            new CompareCommand(service, terminal).Build(),
            new ReplayCommand(service, terminal).Build(),
            new PosesCommand(service, terminal).Build(),
            new ModelsCommand(service, terminal).Build(),
            new BacklogCommand(service, terminal).Build(),
            new DrainCommand(service, terminal, time).Build(),
            new PoisonCommand(service, terminal).Build(),
            new TenantsCommand(service, terminal).Build(),
        };
        service.AddTo(root);
        foreach (var help in root.Options.Select(option => option.Action).OfType<HelpAction>().Where(help => help.MaxWidth is < 1 or > HelpWidth))
        {
            help.MaxWidth = HelpWidth;
        }

        return root;
    }

    private int Fail(int exitCode, string sentence)
    {
        terminal.WriteError(sentence);
        return exitCode;
    }
}
