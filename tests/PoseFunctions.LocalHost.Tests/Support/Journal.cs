using System.Text.Json;

namespace PoseFunctions.LocalHost.Tests.Support;

/// <summary>The file in which functions of the sample write down that they ran.</summary>
internal sealed class Journal(string path)
{
    public IReadOnlyList<JournalEntry> Read()
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        var text = reader.ReadToEnd();

        // The last line may be half written.
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        return [.. whole.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<JournalEntry>(line, JsonSerializerOptions.Web)!)];
    }

    /// <summary>What a function has written so far.</summary>
    public IReadOnlyList<string> Of(string function) => [.. Read().Where(entry => entry.Function == function).Select(entry => entry.Text)];

    /// <summary>Waits until a function has written at least so many entries.</summary>
    public Task<IReadOnlyList<string>> WaitForAsync(string function, int count = 1) =>
        Eventually.SeeAsync(() => Of(function), texts => texts.Count >= count);

    /// <summary>Waits until a function has written a certain text.</summary>
    public Task WaitForAsync(string function, string text) => Eventually.BeAsync(() => Of(function).Contains(text));
}
