using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace PoseFunctions.LocalWorker.Invocations;

/// <summary>What a trigger hands to an invocation.</summary>
internal sealed record InvocationInput
{
    public static readonly IReadOnlyDictionary<string, object?> NoBindingData = new Dictionary<string, object?>();

    /// <summary>What the parameter with the trigger attribute is made from; its type is the trigger's own business.</summary>
    public object? TriggerValue { get; init; }

    /// <summary>Values by name; the dictionary ignores case.</summary>
    public IReadOnlyDictionary<string, object?> BindingData { get; init; } = NoBindingData;

    public RetryContext? Retry { get; init; }

    public HttpContext? HttpContext { get; init; }

    /// <summary>The span that caused the invocation; the default for none.</summary>
    public ActivityContext Parent { get; init; }
}
