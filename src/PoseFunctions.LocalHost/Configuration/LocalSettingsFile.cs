using System.Text.Json;

namespace PoseFunctions.LocalHost.Configuration;

/// <summary>Reads <c>Values</c> of a file in the form of local.settings.json.</summary>
internal static class LocalSettingsFile
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <returns>Values by name; none where the file has no <c>Values</c>.</returns>
    /// <exception cref="LocalHostException">The file is not there, is no JSON, or is encrypted.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), Lenient);
            var root = document.RootElement;
            if (root.TryGetProperty("IsEncrypted", out var encrypted) && encrypted.ValueKind == JsonValueKind.True)
            {
                throw new LocalHostException($"the settings in '{path}' are encrypted; run 'func settings decrypt'.");
            }

            return root.TryGetProperty("Values", out var values)
                ? values.EnumerateObject().ToDictionary(value => value.Name, value => value.Value.ToString())
                : new Dictionary<string, string>();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or IOException)
        {
            throw new LocalHostException($"the settings in '{path}' cannot be read: {exception.Message}", exception);
        }
    }
}
