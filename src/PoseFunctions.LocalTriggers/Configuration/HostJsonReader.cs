using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PoseFunctions.LocalTriggers.Configuration;

/// <summary>Reads host.json strictly where the local engine follows it, so that a misspelt setting is not silently a default.</summary>
internal static class HostJsonReader
{
    // Sections that mean something to Azure only.
    private static readonly string[] Ignored =
        ["logging", "functionTimeout", "healthMonitor", "telemetryMode", "concurrency", "extensionBundle", "retry", "watchDirectories", "$schema"];

    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["http"] = ["routePrefix"],
        ["blobs"] = ["maxDegreeOfParallelism", "poisonBlobThreshold"],
        ["queues"] =
            ["batchSize", "newBatchThreshold", "maxDequeueCount", "visibilityTimeout", "maxPollingInterval", "messageEncoding"],
    };

    // The host accepts them; a machine of one's own has no use for them.
    private static readonly string[] IgnoredHttp = ["maxConcurrentRequests", "maxOutstandingRequests", "dynamicThrottlesEnabled", "hsts", "customHeaders"];

    /// <exception cref="HostConfigurationException">The file is missing, not JSON, or has an unknown or impossible setting.</exception>
    public static HostJson Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (IOException exception)
        {
            throw new HostConfigurationException($"{path} cannot be read: {exception.Message}", exception);
        }
        catch (JsonException exception)
        {
            throw new HostConfigurationException($"{path} is not a valid host.json: {exception.Message}", exception);
        }
    }

    public static HostJson Parse(string json)
    {
        var documentOptions = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        RefuseUnknown(JsonNode.Parse(json, documentOptions: documentOptions) as JsonObject
            ?? throw new HostConfigurationException("host.json must hold one JSON object."));
        var host = JsonSerializer.Deserialize(json, HostJsonContext.Default.HostJson)!;
        if (host.Version != "2.0")
        {
            throw new HostConfigurationException($"host.json has version '{host.Version}'; only '2.0' is known.");
        }

        Validate("blobs", host.Extensions.Blobs);
        Validate("queues", host.Extensions.Queues);
        return host;
    }

    private static void RefuseUnknown(JsonObject root)
    {
        Refuse("host.json", root, ["version", "extensions", .. Ignored]);
        if (root["extensions"] is not JsonObject extensions)
        {
            return;
        }

        foreach (var (name, section) in extensions)
        {
            if (Known.TryGetValue(name, out var settings) && section is JsonObject known)
            {
                Refuse($"host.json, extensions.{name},", known, name == "http" ? [.. settings, .. IgnoredHttp] : settings);
            }
        }
    }

    private static void Refuse(string where, JsonObject section, string[] known)
    {
        if (section.Select(setting => setting.Key).FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new HostConfigurationException($"{where} has the unknown setting '{unknown}'. Known are: {string.Join(", ", known)}.");
        }
    }

    private static void Validate(string section, object settings)
    {
        var problems = new List<ValidationResult>();
        if (!Validator.TryValidateObject(settings, new ValidationContext(settings), problems, validateAllProperties: true))
        {
            throw new HostConfigurationException($"host.json, extensions.{section}: {problems[0].ErrorMessage}");
        }
    }
}
