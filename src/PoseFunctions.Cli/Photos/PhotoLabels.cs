using System.Globalization;

namespace PoseFunctions.Cli.Photos;

/// <summary>Short names of photos that differ from each other.</summary>
internal static class PhotoLabels
{
    /// <summary>Each photo's name without extension; those that are the same then are numbered.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<PhotoFile> photos)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var labels = new List<string>(photos.Count);
        foreach (var photo in photos)
        {
            var stem = Path.ChangeExtension(photo.Name, null);
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
