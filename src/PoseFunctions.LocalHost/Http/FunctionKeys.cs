using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using PoseFunctions.LocalHost.Configuration;
using PoseFunctions.LocalHost.Configuration.Functions;

namespace PoseFunctions.LocalHost.Http;

/// <summary>The keys that open functions. One that is not given is random, so that nothing is open by accident.</summary>
internal sealed class FunctionKeys(IOptions<LocalHostOptions> options)
{
    private const string Header = "x-functions-key";
    private const string Query = "code";
    private const int RandomBytes = 32;

    private readonly byte[] key = ToBytes(options.Value.Key);
    private readonly byte[] masterKey = ToBytes(options.Value.MasterKey);

    /// <summary>Whether a request carries a key for what is protected at a level.</summary>
    public bool Open(HttpRequest request, AccessLevel level)
    {
        if (level == AccessLevel.Anonymous)
        {
            return true;
        }

        var given = request.Headers[Header].FirstOrDefault() ?? request.Query[Query].FirstOrDefault() ?? "";
        var bytes = Encoding.UTF8.GetBytes(given);
        var isMaster = CryptographicOperations.FixedTimeEquals(bytes, masterKey);
        var isKey = CryptographicOperations.FixedTimeEquals(bytes, key);
        return isMaster || (isKey && level == AccessLevel.Function);
    }

    private static byte[] ToBytes(string? given) =>
        given is { Length: > 0 } ? Encoding.UTF8.GetBytes(given) : RandomNumberGenerator.GetBytes(RandomBytes);
}
