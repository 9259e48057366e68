using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Worker;

namespace PoseFunctions.Infrastructure.Tests;

/// <summary>What the worker's functions wait for, as their attributes say it.</summary>
internal static class WorkerTriggers
{
    /// <summary>The function that takes uploads, and its trigger.</summary>
    public static (string Function, BlobTriggerAttribute Trigger) Upload { get; } = Of<BlobTriggerAttribute>().Single();

    /// <summary>The triggers of functions that take messages.</summary>
    public static IReadOnlyList<QueueTriggerAttribute> Queues { get; } = [.. Of<QueueTriggerAttribute>().Select(found => found.Trigger)];

    /// <summary>Names of the settings that triggers take their connection from.</summary>
    public static IEnumerable<string?> Connections => Queues.Select(trigger => trigger.Connection).Append(Upload.Trigger.Connection);

    private static IEnumerable<(string Function, T Trigger)> Of<T>()
        where T : Attribute =>
        from type in typeof(WorkerApplication).Assembly.GetTypes()
        from method in type.GetMethods()
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        from parameter in method.GetParameters()
        let trigger = parameter.GetCustomAttribute<T>()
        where trigger is not null
        select (function.Name, trigger);
}
