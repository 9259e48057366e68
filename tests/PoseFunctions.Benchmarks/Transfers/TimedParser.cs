using System.Diagnostics;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;

namespace PoseFunctions.Benchmarks.Transfers;

/// <summary>A parser that tells how long its last calls took; for one caller at a time.</summary>
internal sealed class TimedParser(IPersonParser parser) : IPersonParser
{
    /// <inheritdoc/>
    public string Version => parser.Version;

    /// <inheritdoc/>
    public float MinimumConfidence => parser.MinimumConfidence;

    /// <summary>Milliseconds of the last search for people.</summary>
    public double Find { get; private set; }

    /// <summary>Milliseconds of the last parsing of a person.</summary>
    public double Parse { get; private set; }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FoundPerson>> FindAsync(RgbImage photo, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var found = await parser.FindAsync(photo, cancellationToken);
        Find = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return found;
    }

    /// <inheritdoc/>
    public async Task<ParsedPerson> ParseAsync(RgbImage photo, PersonSquare square, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var parsed = await parser.ParseAsync(photo, square, cancellationToken);
        Parse = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return parsed;
    }
}
