using Microsoft.Extensions.Configuration;

namespace PoseFunctions.LocalHost.Configuration;

/// <summary>The host.json of an app within its configuration.</summary>
internal static class HostJson
{
    public const string FileName = "host.json";

    // The trigger extensions look up where their options lie, and environment variables with this name override them.
    private const string RootSetting = "AzureWebJobsConfigurationSection";
    private const string Root = "AzureFunctionsJobHost";

    /// <summary>Adds what host.json says, in the place where the trigger extensions look for it.</summary>
    /// <exception cref="LocalHostException">There is none, or it is no JSON.</exception>
    public static IConfigurationBuilder AddHostJson(this IConfigurationBuilder builder, string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new LocalHostException($"'{folder}' is no built or published isolated-worker app: it has no {FileName}.");
        }

        try
        {
            var file = new ConfigurationBuilder().AddJsonFile(path).Build();
            return builder.AddInMemoryCollection([new(RootSetting, Root), .. file.AsEnumerable().Select(UnderRoot)]);
        }
        catch (InvalidDataException exception)
        {
            throw new LocalHostException($"'{path}' cannot be read: {exception.InnerException?.Message ?? exception.Message}", exception);
        }
    }

    /// <summary>What stands before the route of every HTTP function; empty for nothing.</summary>
    public static string RoutePrefix(this IConfiguration app) => app[$"{Root}:extensions:http:routePrefix"] ?? "api";

    /// <summary>How long a function may run; null where nothing is said.</summary>
    public static string? FunctionTimeout(this IConfiguration app) => app[$"{Root}:functionTimeout"];

    private static KeyValuePair<string, string?> UnderRoot(KeyValuePair<string, string?> value) => new($"{Root}:{value.Key}", value.Value);
}
