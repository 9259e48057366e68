using System.CommandLine;
using PoseFunctions.Cli.Service;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Cli.Commands;

/// <summary>The options that every command has: which service, and as whom.</summary>
/// <remarks>
/// What the environment says is no default value of an option, because help and usage errors show those. And no sentence repeats
/// an address or a key: in an address, too, people put keys.
/// </remarks>
internal sealed class ServiceOptions(TimeProvider time)
{
    public const string UrlVariable = "POSEFUNCTIONS_URL";
    public const string KeyVariable = "POSEFUNCTIONS_KEY";
    public const string TenantVariable = "POSEFUNCTIONS_TENANT";

    private readonly Option<string?> url = new("--url")
    {
        Description = $"Address of the service; without, {UrlVariable} or {ServiceAddress.Default}",
        HelpName = "address",
        Recursive = true,
    };

    private readonly Option<string?> key = new("--key") { Description = $"Function key; without, {KeyVariable}", HelpName = "key", Recursive = true };

    private readonly Option<string?> tenant = new("--tenant")
    {
        Description = $"Tenant; without, {TenantVariable} or the service's default",
        HelpName = "name",
        Recursive = true,
    };

    public void AddTo(Command root)
    {
        root.Options.Add(url);
        root.Options.Add(key);
        root.Options.Add(tenant);
    }

    /// <exception cref="UsageException">Address, key or tenant cannot be one.</exception>
    public PoseFunctionsClient Connect(ParseResult arguments) => new(
        new ServiceSettings(
            ServiceAddress.Parse(Read(arguments, url, UrlVariable) ?? ServiceAddress.Default)
                ?? throw new UsageException(
                    $"The address (--url, {UrlVariable}) is not like {ServiceAddress.Default}; a key has no place in it, but in --key."),
            Read(arguments, key, KeyVariable) switch
            {
                { } text when text.Any(letter => letter is <= ' ' or > '~') =>
                    throw new UsageException($"The key (--key, {KeyVariable}) has characters that no key has."),
                var text => text,
            },
            Read(arguments, tenant, TenantVariable) is { } name ? Tenant.Parse(name).ToString() : null),
        time);

    private static string? Read(ParseResult arguments, Option<string?> option, string variable) =>
        new[] { arguments.GetValue(option), Environment.GetEnvironmentVariable(variable) }.FirstOrDefault(text => !string.IsNullOrEmpty(text));
}
