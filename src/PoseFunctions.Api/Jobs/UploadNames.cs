using System.Globalization;
using System.Text;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Api.Jobs;

/// <summary>Under which names the API stores photos: one folder a job, in it the file's own name made harmless.</summary>
internal static class UploadNames
{
    private const int MaxLength = 80;
    private const string Unnamed = "photo";

    /// <summary>Name of a job's photo.</summary>
    public static string Of(JobId id, string? fileName) => $"{FolderOf(id)}/{Sanitize(fileName)}";

    /// <summary>Name of a pose photo that came with a job. Numbered, because two names may become the same one.</summary>
    public static string OfPosePhoto(JobId id, int index, string? fileName) =>
        string.Create(CultureInfo.InvariantCulture, $"{FolderOf(id)}/{index}-{Sanitize(fileName)}");

    /// <summary>Name of a further photo of the person that came with a job. Numbered as pose photos are.</summary>
    public static string OfSourcePhoto(JobId id, int index, string? fileName) =>
        string.Create(CultureInfo.InvariantCulture, $"{FolderOf(id)}/source-{index}-{Sanitize(fileName)}");

    /// <summary>Name of the photo whose scene a job's person is put into, where it came with the job.</summary>
    public static string OfScenePhoto(JobId id, string? fileName) => $"{FolderOf(id)}/scene-{Sanitize(fileName)}";

    /// <summary>The folder, in both containers, that holds only what the API stored for this job.</summary>
    public static string FolderOf(JobId id) => id.Digest;

    /// <summary>Whether the API stored this photo for this job, so that it belongs to no other.</summary>
    public static bool IsOwnedBy(JobId id, string name) => name.StartsWith($"{FolderOf(id)}/", StringComparison.Ordinal);

    /// <summary>
    /// The last part of a path, in letters, digits, dots, hyphens and underscores: no separators, no control or direction
    /// marks, no braces, no dots at the ends. At most 80 characters, the last ones, so that the extension stays.
    /// </summary>
    public static string Sanitize(string? fileName)
    {
        // Composed first, because a mark that stands by itself is no letter.
        var last = PhotoNameComparer.Compose(fileName?[(fileName.LastIndexOfAny(['/', '\\']) + 1)..] ?? string.Empty);
        var name = new StringBuilder(last.Length);
        foreach (var character in last)
        {
            if (char.IsLetterOrDigit(character) || character is '.' or '-' or '_')
            {
                name.Append(character);
            }
            else if (character == ' ')
            {
                name.Append('-');
            }
        }

        var start = Math.Max(0, name.Length - MaxLength);
        var sanitized = name.ToString(start, name.Length - start).Trim('.');
        return sanitized.Length == 0 ? Unnamed : sanitized;
    }
}
