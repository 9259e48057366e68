namespace PoseFunctions.Infrastructure.Tests.Bicep;

/// <summary>A token of a template.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">Its text; of a string, its text without quotes and with <c>${}</c> for every hole.</param>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Holes">Source text of the expressions between <c>${</c> and <c>}</c> of a string.</param>
public sealed record BicepToken(BicepTokenKind Kind, string Value, int Line, IReadOnlyList<string> Holes)
{
    public bool Is(string symbol) => Kind == BicepTokenKind.Symbol && Value == symbol;

    public bool IsWord(string word) => Kind == BicepTokenKind.Identifier && Value == word;
}
