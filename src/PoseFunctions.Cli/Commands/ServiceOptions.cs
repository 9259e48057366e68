using System.CommandLine;
using PoseFunctions.Cli.Service;

namespace PoseFunctions.Cli.Commands;

/// <summary>The options that every command has: which service, and as whom.</summary>
internal sealed class ServiceOptions(TimeProvider time)
{
    public const string UrlVariable = "POSEFUNCTIONS_URL";
    public const string KeyVariable = "POSEFUNCTIONS_KEY";
    public const string TenantVariable = "POSEFUNCTIONS_TENANT";

    private readonly Option<string> url = new("--url")
    {
        Description = $"Address of the service, or {UrlVariable}",
        HelpName = "address",
        Recursive = true,
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(UrlVariable) ?? "http://127.0.0.1:7071",
    };

    private readonly Option<string?> key = new("--key")
    {
        Description = $"Function key, or {KeyVariable}",
        HelpName = "key",
        Recursive = true,
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(KeyVariable),
    };

    private readonly Option<string?> tenant = new("--tenant")
    {
        Description = $"Tenant, or {TenantVariable}",
        HelpName = "name",
        Recursive = true,
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(TenantVariable),
    };

    public void AddTo(Command root)
    {
        url.Validators.Add(result =>
        {
            if (Address(result.GetValueOrDefault<string>()) is null)
            {
                result.AddError($"'{result.GetValueOrDefault<string>()}' is no http or https address.");
            }
        });
        root.Options.Add(url);
        root.Options.Add(key);
        root.Options.Add(tenant);
    }

    public PoseFunctionsClient Connect(ParseResult arguments) =>
        new(new ServiceSettings(Address(arguments.GetRequiredValue(url))!, arguments.GetValue(key), arguments.GetValue(tenant)), time);

    private static Uri? Address(string text) =>
        Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;
}
