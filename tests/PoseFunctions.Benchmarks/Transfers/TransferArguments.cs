using System.Globalization;
using PoseFunctions.Testing;

namespace PoseFunctions.Benchmarks.Transfers;

/// <summary>What the command line of <see cref="TransferCommand"/> says.</summary>
/// <param name="Photos">Folder of the photos, NAME.jpg.</param>
/// <param name="Output">Folder for results and report.</param>
internal sealed record TransferArguments(string Photos, string Output)
{
    /// <summary>What can be said after the two folders.</summary>
    public const string Usage = "[--poses NAME,...] [--targets FILE] [--generator NAME] [--models FOLDER] [--long-side N] [--last N] [--timed N]";

    /// <summary>Library poses that every photo is given.</summary>
    public IReadOnlyList<string> Poses { get; private init; } = ["front", "three-quarter-left", "hands-on-hips", "walking", "arms-crossed"];

    /// <summary>
    /// JSON file with targets by photo: name of the photo, name of the target, 18 points as a request has them. They replace the
    /// poses, and photos that it does not name are left out. Null where there is none.
    /// </summary>
    public string? Targets { get; private init; }

    /// <summary>Null for the service's default.</summary>
    public string? Generator { get; private init; }

    /// <summary>Folder of model folders.</summary>
    public string Models { get; private init; } = RepositoryRoot.Combine("models");

    /// <summary>Long side of results; null for the photo's own.</summary>
    public int? LongSide { get; private init; }

    /// <summary>How many photos at the end of the folder are taken; null for all.</summary>
    public int? Last { get; private init; }

    /// <summary>How many photos the sizes of the cost measure are made of.</summary>
    public int Timed { get; private init; } = 20;

    /// <summary>Reads what follows the command's name; null where it makes no sense.</summary>
    public static TransferArguments? Parse(IReadOnlyList<string> words)
    {
        if (words.Count < 2 || words.Count % 2 != 0 || words.Take(2).Any(word => word.StartsWith('-')))
        {
            return null;
        }

        TransferArguments? read = new(words[0], words[1]);
        foreach (var option in words.Skip(2).Chunk(2))
        {
            read = read?.With(option[0], option[1]);
        }

        return read;
    }

    private TransferArguments? With(string option, string value) => option switch
    {
        "--poses" => this with { Poses = value.Split(',') },
        "--targets" => this with { Targets = value },
        "--generator" => this with { Generator = value },
        "--models" => this with { Models = Path.GetFullPath(value) },
        "--long-side" when Number(value) is { } side => this with { LongSide = side },
        "--last" when Number(value) is { } count => this with { Last = count },
        "--timed" when Number(value) is { } count => this with { Timed = count },
        _ => null,
    };

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
