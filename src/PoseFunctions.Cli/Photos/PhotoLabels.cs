using System.Globalization;

namespace PoseFunctions.Cli.Photos;

/// <summary>Short names of photos that differ from each other.</summary>
internal static class PhotoLabels
{
    /// <summary>Each file's name without extension; files of the same name are numbered.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> photos)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var labels = new List<string>(photos.Count);
        foreach (var photo in photos)
        {
            var stem = Path.GetFileNameWithoutExtension(photo);
            var label = stem;
            for (var number = 2; !taken.Add(label); number++)
            {
                label = string.Create(CultureInfo.InvariantCulture, $"{stem}-{number}");
            }

            labels.Add(label);
        }

        return labels;
    }
}
