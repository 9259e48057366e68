using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace PoseFunctions.LocalTriggers.Http;

/// <summary>
/// The keys of HTTP functions: <c>Functions:Keys:Master</c>, <c>Functions:Keys:Host:(name)</c>, <c>Functions:Keys:System:(name)</c>
/// and <c>Functions:Keys:Function:(function):(name)</c>. Without any key, functions that ask for one answer 401.
/// </summary>
internal sealed class FunctionKeys(IConfiguration configuration)
{
    private const string HeaderName = "x-functions-key";

    /// <summary>Whether a request brings a key that opens a function.</summary>
    public bool Allow(HttpRequest request, string function, AuthorizationLevel level)
    {
        if (level == AuthorizationLevel.Anonymous)
        {
            return true;
        }

        var offered = request.Headers[HeaderName].FirstOrDefault() ?? request.Query["code"].FirstOrDefault();
        return !string.IsNullOrEmpty(offered) && Matches(offered, KeysFor(function, level));
    }

    private List<string> KeysFor(string function, AuthorizationLevel level)
    {
        var keys = configuration.GetSection("Functions:Keys");
        List<string?> valid = [keys["Master"]];
        if (level == AuthorizationLevel.Function)
        {
            valid.AddRange(keys.GetSection("Host").GetChildren().Select(key => key.Value));
            valid.AddRange(keys.GetSection($"Function:{function}").GetChildren().Select(key => key.Value));
        }

        if (level == AuthorizationLevel.System)
        {
            valid.AddRange(keys.GetSection("System").GetChildren().Select(key => key.Value));
        }

        return [.. valid.Where(key => !string.IsNullOrEmpty(key)).OfType<string>()];
    }

    // Hashes have one length and every key is compared, so the time taken tells nothing about the keys.
    private static bool Matches(string offered, List<string> keys)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(offered));
        var matches = false;
        foreach (var key in keys)
        {
            matches |= CryptographicOperations.FixedTimeEquals(hash, SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        }

        return matches;
    }
}
