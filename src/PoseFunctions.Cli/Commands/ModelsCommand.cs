using System.CommandLine;

namespace PoseFunctions.Cli.Commands;

/// <summary><c>models</c>: lists what the service has installed.</summary>
internal sealed class ModelsCommand(ServiceOptions service, Terminal terminal)
{
    public Command Build()
    {
        var command = new Command("models", "List the models of the service.");
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var client = service.Connect(arguments);
        foreach (var model in await client.ListModelsAsync(cancellationToken))
        {
            var kind = model.Kind.ToString().ToLowerInvariant();
            await terminal.Output.WriteLineAsync(
                $"{model.Name,-24} {model.Version,-8} {kind,-10} {$"{model.NativeWidth}x{model.NativeHeight}",-8} {model.Description}".TrimEnd());
        }

        return ExitCodes.Success;
    }
}
