using System.CommandLine;
using Spectre.Console;

namespace PoseFunctions.Cli.Commands.Operator;

/// <summary><c>tenants erase</c>: erases everything of one tenant.</summary>
internal sealed class TenantsCommand(ServiceOptions service, Terminal terminal)
{
    private readonly Argument<string> name = new("name") { Description = "The tenant" };

    private readonly Option<string> confirmation = new("--confirm")
    {
        Description = "The tenant's name once more: nothing brings back what is erased",
        HelpName = "name",
        Required = true,
    };

    public Command Build()
    {
        var erase = new Command("erase", "Erase photos, poses, results and records of a tenant.") { name, confirmation };
        erase.Validators.Add(result =>
        {
            if (result.GetValue(name) != result.GetValue(confirmation))
            {
                result.AddError("--confirm is not the tenant's name.");
            }
        });
        erase.SetAction(EraseAsync);
        return new Command("tenants", "Tenants (needs the master key).") { erase };
    }

    private async Task<int> EraseAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var client = service.Connect(arguments);
        var tenant = arguments.GetRequiredValue(name);
        var jobs = 0;
        while (true)
        {
            var erasure = await client.EraseTenantAsync(tenant, cancellationToken);
            jobs += erasure.Jobs;
            if (erasure.Complete)
            {
                await terminal.Output.WriteLineAsync($"{tenant}: {jobs} jobs erased, nothing is left");
                return ExitCodes.Success;
            }

            terminal.Messages.MarkupLineInterpolated($"{jobs} jobs erased so far");
        }
    }
}
