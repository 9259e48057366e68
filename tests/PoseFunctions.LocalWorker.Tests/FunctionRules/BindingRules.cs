using System.Reflection;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Azure.Functions.Worker.Http;
using PoseFunctions.LocalWorker.Tests.RealWorker;

namespace PoseFunctions.LocalWorker.Tests.FunctionRules;

/// <summary>What binds to what.</summary>
internal static partial class BindingRules
{
    // What the host tells of every blob and every message beside the parameter with the trigger.
    private static readonly string[] OfBlobs = ["blobTrigger", "uri", "properties", "metadata"];

    private static readonly string[] OfMessages =
        ["queueTrigger", "id", "dequeueCount", "insertionTime", "expirationTime", "nextVisibleTime", "popReceipt"];

    public static IEnumerable<FunctionRule> All(ApiDescription description) =>
    [
        new("AZFW0010", function => NotBindable(function, description)),
        new("AZFW0011", SingleValueOfContainer),
        new("deferred", DeferredBinding),
        new("source", WithoutSource),
        new("schedule", Schedule),
    ];

    private static IEnumerable<string> NotBindable(DeclaredFunction function, ApiDescription description)
    {
        foreach (var (parameter, binding) in function.Bindings)
        {
            var kind = binding.GetType().Name.Replace("Attribute", "", StringComparison.Ordinal);
            var type = parameter.ParameterType;
            if (description.Bindable.TryGetValue(kind, out var bindable)
                && !bindable.Contains(ApiReflection.FullNameOf(type))
                && !(bindable.Contains("json") && IsJsonClass(type)))
            {
                yield return $"takes {type} from {kind}, which gives {string.Join(", ", bindable)}";
            }
        }
    }

    // A class of the app or of this project. Types of libraries are bound by name or not at all.
    private static bool IsJsonClass(Type type) =>
        type is { IsClass: true, IsAbstract: false, Namespace: { } space }
        && !space.StartsWith("System", StringComparison.Ordinal)
        && !space.StartsWith("Azure.", StringComparison.Ordinal)
        && !space.StartsWith("Microsoft.", StringComparison.Ordinal);

    private static IEnumerable<string> SingleValueOfContainer(DeclaredFunction function) =>
        from found in function.Bindings
        where found.Binding is BlobInputAttribute { BlobPath: var path } && !path.Contains('/', StringComparison.Ordinal)
            && found.Parameter.ParameterType != typeof(BlobContainerClient)
            && !typeof(System.Collections.IEnumerable).IsAssignableFrom(found.Parameter.ParameterType)
        select $"takes one {found.Parameter.ParameterType.Name} from a whole container";

    // The host looks at the first binding that is not the trigger, outputs of the method first: with an expression in its path
    // it hands the trigger's value over whole, and clients, streams and messages of the storage packages cannot be made of it.
    private static IEnumerable<string> DeferredBinding(DeclaredFunction function)
    {
        if (function.Triggers is not [(var parameter, BlobTriggerAttribute or QueueTriggerAttribute)] || !IsDeferred(parameter.ParameterType))
        {
            yield break;
        }

        var first = function.MethodOutputs
            .Concat<BindingAttribute>(function.Bindings.Select(found => found.Binding).Where(binding => binding is not TriggerBindingAttribute))
            .Concat(function.OutputProperties.Select(property => property.GetCustomAttribute<OutputBindingAttribute>()!))
            .FirstOrDefault();
        if (first is not null && PathOf(first)?.Contains('{', StringComparison.Ordinal) == true)
        {
            yield return $"binds {parameter.ParameterType.Name}, but its first other binding has the expression '{PathOf(first)}'";
        }
    }

    private static bool IsDeferred(Type type) =>
        typeof(Stream).IsAssignableFrom(type) || type == typeof(BinaryData) || type.Namespace!.StartsWith("Azure.Storage", StringComparison.Ordinal);

    private static string? PathOf(BindingAttribute binding) => binding switch
    {
        BlobInputAttribute input => input.BlobPath,
        BlobOutputAttribute output => output.BlobPath,
        QueueOutputAttribute queue => queue.QueueName,
        _ => null,
    };

    private static IEnumerable<string> WithoutSource(DeclaredFunction function)
    {
        var named = function.Trigger switch
        {
            HttpTriggerAttribute http => Tokens(http.Route),
            BlobTriggerAttribute blob => [.. Tokens(blob.BlobPath), .. OfBlobs],
            QueueTriggerAttribute => OfMessages,
            _ => [],
        };
        return
            from parameter in function.Parameters
            where !parameter.IsDefined(typeof(BindingAttribute)) && !parameter.IsDefined(typeof(FromBodyAttribute))
                && parameter.ParameterType != typeof(FunctionContext) && parameter.ParameterType != typeof(CancellationToken)
                && !named.Contains(parameter.Name, StringComparer.OrdinalIgnoreCase)
            select $"has the parameter '{parameter.Name}', to which nothing gives a value";
    }

    private static string[] Tokens(string? template) =>
        template is null ? [] : [.. Token().Matches(template).Select(match => match.Groups[1].Value)];

    private static IEnumerable<string> Schedule(DeclaredFunction function)
    {
        if (function.Trigger is TimerTriggerAttribute { Schedule: var schedule } && !schedule.StartsWith('%') && schedule.Split(' ').Length is not (5 or 6))
        {
            yield return $"has the schedule '{schedule}'; outside of App Service plans only five or six NCRONTAB fields are understood";
        }
    }

    [GeneratedRegex(@"\{\*{0,2}(\w+)[^}]*\}")]
    private static partial Regex Token();
}
