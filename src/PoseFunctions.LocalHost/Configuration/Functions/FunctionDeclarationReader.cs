using System.Text.Json;

namespace PoseFunctions.LocalHost.Configuration.Functions;

/// <summary>Reads an app's functions.metadata and refuses what this host does not do.</summary>
internal static class FunctionDeclarationReader
{
    public const string FileName = "functions.metadata";

    // How the SDK writes down that a function answers the request that ran it.
    private const string HttpAnswer = "http";

    /// <param name="folder">Folder of the app.</param>
    /// <exception cref="LocalHostException">The file cannot be read, or a function needs what this host does not do.</exception>
    public static IReadOnlyList<FunctionDeclaration> Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new LocalHostException($"'{folder}' is no built or published isolated-worker app: it has no {FileName}.");
        }

        try
        {
            var functions = JsonSerializer.Deserialize(File.ReadAllBytes(path), AppFilesJsonContext.Default.IReadOnlyListFunctionMetadata);
            return [.. functions!.Select(Read)];
        }
        catch (JsonException exception)
        {
            throw new LocalHostException($"'{path}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <exception cref="LocalHostException">The function needs what this host does not do; the message names both.</exception>
    public static FunctionDeclaration Read(FunctionMetadata function)
    {
        if (function.Retry is { ValueKind: JsonValueKind.Object })
        {
            throw Unsupported(function, "a retry policy of its own");
        }

        if (function.Bindings.FirstOrDefault(binding => !binding.IsTrigger && binding.Type != HttpAnswer) is { } binding)
        {
            var direction = string.Equals(binding.Direction, "In", StringComparison.OrdinalIgnoreCase) ? "input" : "output";
            throw Unsupported(function, $"the {direction} binding '{binding.Name}' of type {binding.Type}");
        }

        return function.Bindings.SingleOrDefault(binding => binding.IsTrigger) is { } trigger
            ? new FunctionDeclaration(function.Name, ReadTrigger(function, trigger))
            : throw new LocalHostException($"the function {function.Name} has no trigger.");
    }

    private static TriggerBinding ReadTrigger(FunctionMetadata function, BindingMetadata trigger)
    {
        if (string.Equals(trigger.DataType, "Binary", StringComparison.OrdinalIgnoreCase) && !trigger.IsDeferred)
        {
            throw Unsupported(function, $"the binary parameter '{trigger.Name}' (BinaryData is one that it does)");
        }

        return trigger.Type.ToUpperInvariant() switch
        {
            "HTTPTRIGGER" => new HttpTriggerBinding(
                trigger.Name, trigger.Route ?? function.Name, [.. (trigger.Methods ?? []).Select(method => method.ToUpperInvariant())], ReadLevel(function, trigger)),
            "QUEUETRIGGER" => new QueueTriggerBinding(trigger.Name, trigger.IsDeferred, Required(trigger.QueueName), trigger.Connection),
            "BLOBTRIGGER" => new BlobTriggerBinding(
                trigger.Name, trigger.IsDeferred, Required(trigger.Path), trigger.Connection, trigger.Source == "EventGrid"),
            "TIMERTRIGGER" => new TimerTriggerBinding(trigger.Name, Required(trigger.Schedule), trigger.RunOnStartup, trigger.UseMonitor ?? true),
            _ => throw Unsupported(function, $"a trigger of type {trigger.Type}"),
        };

        string Required(string? value) =>
            value ?? throw new LocalHostException($"the {trigger.Type} of the function {function.Name} says too little in {FileName}.");
    }

    private static AccessLevel ReadLevel(FunctionMetadata function, BindingMetadata trigger) =>
        Enum.TryParse<AccessLevel>(trigger.AuthLevel ?? nameof(AccessLevel.Function), ignoreCase: true, out var level)
            ? level
            : throw Unsupported(function, $"the authorization level {trigger.AuthLevel}");

    private static LocalHostException Unsupported(FunctionMetadata function, string what) =>
        new($"the function {function.Name} has {what}, which the local host does not support.");
}
