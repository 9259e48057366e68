namespace PoseFunctions.Cli.Display;

/// <summary>Text of others, such as file names and answers, made fit for one line of a terminal.</summary>
internal static class Printable
{
    /// <summary>Replaces what would break the line, move the cursor, or show the text in another order than it has.</summary>
    public static string Of(string text, char substitute) => string.Concat(text.Select(letter => IsPlain(letter) ? letter : substitute));

    private static bool IsPlain(char letter) => !(char.IsControl(letter) || IsDirectionMark(letter) || letter is '\u2028' or '\u2029');

    private static bool IsDirectionMark(char letter) =>
        letter is '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
