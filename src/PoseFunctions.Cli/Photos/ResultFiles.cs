using System.Globalization;
using PoseFunctions.Cli.Display;
using PoseFunctions.Cli.Service;
using PoseFunctions.Core.Images;

namespace PoseFunctions.Cli.Photos;

/// <summary>Saves a job's results into a folder.</summary>
/// <param name="client">Where they come from.</param>
/// <param name="folder">Where they go; made when it is not there.</param>
internal sealed class ResultFiles(PoseFunctionsClient client, string folder)
{
    /// <summary>Saves every result there is as <c>{stem}-{pose}.{ext}</c>, a repeated pose with its number.</summary>
    /// <param name="job">The job.</param>
    /// <param name="stem">Start of the file names, with the folders in which they shall lie.</param>
    /// <param name="cancellationToken">Stops between and within downloads; no half file is left under a final name.</param>
    /// <returns>The files, in the order of the targets.</returns>
    public async Task<IReadOnlyList<string>> SaveAsync(JobView job, string stem, CancellationToken cancellationToken)
    {
        var files = new List<string>();
        foreach (var target in job.Targets)
        {
            if (target.Result is not { } result)
            {
                continue;
            }

            var path = Path.Combine(folder, $"{stem}-{NameOf(job, target, result)}");
            var partial = path + ".part";
            Directory.CreateDirectory(Path.GetDirectoryName(partial)!);
            await using (var file = File.Create(partial))
            {
                await client.DownloadAsync(result, file, cancellationToken);
            }

            File.Move(partial, path, overwrite: true);
            files.Add(path);
        }

        return files;
    }

    /// <summary>What comes from outside as one part of a file name: nothing in it leads to another folder.</summary>
    public static string SafeName(string text) => string.Join('_', Printable.Of(text, '_').Split(Path.GetInvalidFileNameChars()));

    private static string NameOf(JobView job, TargetView target, ResultView result)
    {
        var extension = Enum.GetValues<ImageFormat>()
            .Where(format => format.MediaType() == result.MediaType)
            .Select(format => format.Extension())
            .FirstOrDefault("bin");
        var isRepeated = job.Targets.Count(other => other.Name == target.Name) > 1;
        var number = isRepeated ? string.Create(CultureInfo.InvariantCulture, $"-{target.Index + 1}") : "";
        return SafeName($"{target.Name}{number}.{extension}");
    }
}
