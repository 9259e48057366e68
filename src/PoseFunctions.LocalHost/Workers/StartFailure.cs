using System.Text.RegularExpressions;

namespace PoseFunctions.LocalHost.Workers;

/// <summary>Finds the one sentence in what a worker wrote before it ended.</summary>
internal static partial class StartFailure
{
    /// <param name="lines">Its standard error.</param>
    /// <param name="exitCode">How it ended.</param>
    /// <returns>The message of the exception that ended it, or its last line, or that it said nothing.</returns>
    public static string Explain(IReadOnlyCollection<string> lines, int exitCode)
    {
        if (lines.Select(line => Unhandled().Match(line)).LastOrDefault(match => match.Success) is { } unhandled)
        {
            return unhandled.Groups["message"].Value;
        }

        return lines.LastOrDefault(line => !string.IsNullOrWhiteSpace(line) && !Frame().IsMatch(line))?.Trim()
            ?? $"the worker ended with exit code {exitCode} before it was ready, and did not say why.";
    }

    [GeneratedRegex(@"^Unhandled exception\. [\w.+`\[\],]+(?: \([^)]*\))?: (?<message>.+)$")]
    private static partial Regex Unhandled();

    [GeneratedRegex(@"^\s+at |^\s*--->|^\s*--- End of ")]
    private static partial Regex Frame();
}
