using PoseFunctions.Core.People;

namespace PoseFunctions.Benchmarks.Transfers;

/// <summary>What became of one photo.</summary>
/// <param name="Name">Its name without the extension.</param>
/// <param name="File">Its name.</param>
internal sealed record PhotoReport(string Name, string File)
{
    public int Width { get; init; }

    public int Height { get; init; }

    /// <summary>By how many quarter turns clockwise it was turned to stand upright.</summary>
    public int Turns { get; init; }

    /// <summary>How many people were found in it.</summary>
    public int People { get; init; }

    /// <summary>[left, top, width, height] of the chosen one; null where the photo was refused.</summary>
    public IReadOnlyList<double>? Box { get; init; }

    /// <summary>The code with which the photo was refused; null where it was not.</summary>
    public string? Refusal { get; init; }

    /// <summary>Time from the file to all that is kept of it.</summary>
    public double Read { get; init; }

    /// <summary>Part of that: the search for people.</summary>
    public double Find { get; init; }

    /// <summary>Part of that: landmarks and parsing map of the chosen one.</summary>
    public double Parse { get; init; }

    /// <summary>In the order asked for; none where the photo was refused.</summary>
    public IReadOnlyList<TargetReport> Targets { get; init; } = [];

    /// <summary>With what reading it has shown.</summary>
    public PhotoReport With(ParsedPhoto parsed, TimeSpan read, TimedParser parser)
    {
        var (size, box) = (parsed.PhotoSize, parsed.Person.Extent(parsed.PhotoSize)!.Value);
        return this with
        {
            Width = size.Width,
            Height = size.Height,
            Turns = parsed.Turns,
            People = parsed.People,
            Box = [box.X, box.Y, box.Width, box.Height],
            Read = read.TotalMilliseconds,
            Find = parser.Find,
            Parse = parser.Parse,
        };
    }
}
