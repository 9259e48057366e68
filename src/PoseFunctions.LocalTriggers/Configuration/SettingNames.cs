using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace PoseFunctions.LocalTriggers.Configuration;

/// <summary>Puts settings in the place of <c>%Name%</c> in queue names, blob paths and schedules.</summary>
internal static partial class SettingNames
{
    /// <exception cref="HostConfigurationException">A setting that is named does not exist.</exception>
    public static string Resolve(string text, IConfiguration configuration) => Reference().Replace(text, match =>
        configuration[match.Groups["name"].Value]
        ?? throw new HostConfigurationException($"'{text}' names the setting '{match.Groups["name"].Value}', which is not configured."));

    [GeneratedRegex("%(?<name>[^%]+)%")]
    private static partial Regex Reference();
}
