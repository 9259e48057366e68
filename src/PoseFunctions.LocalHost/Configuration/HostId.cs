using System.Security.Cryptography;
using System.Text;
using Microsoft.Azure.WebJobs.Host.Executors;

namespace PoseFunctions.LocalHost.Configuration;

/// <summary>
/// Under what name an app's host keeps its own state in storage: receipts of blobs, the queue between blob listener and
/// function, schedules. It is the same each time the app is run from the same folder of the same machine.
/// </summary>
internal sealed class HostId(string value) : IHostIdProvider
{
    // Names of queues are made of it, which allow 63 characters; 32 is what the Functions host allows too.
    private const int MostCharacters = 32;
    private const int DigestCharacters = 12;

    private const string Setting = "AzureFunctionsWebHost__hostid";

    public static HostId Of(FunctionApp app)
    {
        if ((app.Settings.Values.GetValueOrDefault(Setting) ?? Environment.GetEnvironmentVariable(Setting)) is { Length: > 0 } given)
        {
            return new HostId(given.ToLowerInvariant());
        }

        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{Environment.MachineName}\n{app.Folder}"));
        var name = string.Concat(app.Name.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit));
        var start = name[..Math.Min(name.Length, MostCharacters - DigestCharacters)];
        return new HostId(start + Convert.ToHexStringLower(digest)[..DigestCharacters]);
    }

    public Task<string> GetHostIdAsync(CancellationToken cancellationToken) => Task.FromResult(value);

    public override string ToString() => value;
}
