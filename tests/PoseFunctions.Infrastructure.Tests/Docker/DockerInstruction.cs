namespace PoseFunctions.Infrastructure.Tests.Docker;

/// <summary>One instruction of a Dockerfile.</summary>
/// <param name="Keyword">Upper case: <c>COPY</c>, <c>RUN</c> …</param>
/// <param name="Flags">Its options by name without dashes, such as <c>from</c>.</param>
/// <param name="Text">What follows, on one line.</param>
/// <param name="Line">Where it begins, from 1.</param>
public sealed record DockerInstruction(string Keyword, IReadOnlyDictionary<string, string> Flags, string Text, int Line)
{
    /// <summary>The words of <see cref="Text"/>.</summary>
    public IReadOnlyList<string> Words { get; } = Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary><c>NAME=value</c> pairs, without quotes.</summary>
    public IEnumerable<KeyValuePair<string, string>> Pairs =>
        from pair in DockerfileReader.SplitQuoted(Text)
        let end = pair.IndexOf('=', StringComparison.Ordinal)
        select end < 0 ? KeyValuePair.Create(pair, "") : KeyValuePair.Create(pair[..end], pair[(end + 1)..].Trim('"'));
}
