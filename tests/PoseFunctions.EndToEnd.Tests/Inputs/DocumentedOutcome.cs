using System.Globalization;
using System.Text.RegularExpressions;
using PoseFunctions.Testing;

namespace PoseFunctions.EndToEnd.Tests.Inputs;

/// <summary>One line of the table in docs/api.md that says what becomes of which file.</summary>
/// <param name="Input">What comes in; the line's first cell.</param>
/// <param name="Dropped"><c>succeeded</c>, or the failure code of a job whose photo was dropped into storage.</param>
/// <param name="Status">HTTP status of the answer to the same photo.</param>
/// <param name="Posted"><c>succeeded</c>, or the code of the problem or of the job's failure.</param>
internal sealed partial record DocumentedOutcome(string Input, string Dropped, int Status, string Posted)
{
    public const string Succeeded = "succeeded";

    /// <summary>Every line of the table.</summary>
    public static async Task<DocumentedOutcome[]> ReadAsync(CancellationToken cancellationToken)
    {
        var document = await File.ReadAllTextAsync(RepositoryRoot.Combine("docs", "api.md"), cancellationToken);
        return
        [
            .. Line().Matches(document).Select(line => new DocumentedOutcome(
                line.Groups["input"].Value,
                line.Groups["dropped"].Value,
                int.Parse(line.Groups["status"].Value, CultureInfo.InvariantCulture),
                line.Groups["posted"].Value)),
        ];
    }

    [GeneratedRegex(@"^\| (?<input>[^|]+) \| `(?<dropped>\w+)` \| (?<status>\d{3}) `(?<posted>\w+)` \|$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
