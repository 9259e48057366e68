using System.Diagnostics;
using System.Reflection.Emit;
using Microsoft.Azure.WebJobs;
using PoseFunctions.LocalHost.Configuration.Functions;

namespace PoseFunctions.LocalHost.Triggers;

/// <summary>The trigger parameter of an emitted method.</summary>
/// <param name="Type">As what the trigger's value is wanted.</param>
/// <param name="Attribute">The trigger attribute of WebJobs.</param>
internal sealed record TriggerParameter(Type Type, CustomAttributeBuilder Attribute)
{
    public static TriggerParameter Of(TriggerBinding trigger) => trigger switch
    {
        QueueTriggerBinding queue => new(
            TypeOf(queue.IsDeferred),
            Build<QueueTriggerAttribute>(queue.Queue, (nameof(QueueTriggerAttribute.Connection), queue.Connection))),
        BlobTriggerBinding blob => new(
            TypeOf(blob.IsDeferred),
            Build<BlobTriggerAttribute>(
                blob.Path,
                (nameof(BlobTriggerAttribute.Connection), blob.Connection),
                (nameof(BlobTriggerAttribute.Source), blob.TakesEvents ? BlobTriggerSource.EventGrid : BlobTriggerSource.LogsAndContainerScan))),
        TimerTriggerBinding timer => new(
            typeof(TimerInfo),
            Build<TimerTriggerAttribute>(
                timer.Schedule,
                (nameof(TimerTriggerAttribute.RunOnStartup), timer.RunOnStartup),
                (nameof(TimerTriggerAttribute.UseMonitor), timer.UseMonitor))),
        _ => throw new UnreachableException($"Nothing listens for {trigger}."),
    };

    private static Type TypeOf(bool isDeferred) => isDeferred ? typeof(ParameterBindingData) : typeof(string);

    private static CustomAttributeBuilder Build<T>(string argument, params (string Name, object? Value)[] properties)
    {
        var given = properties.Where(property => property.Value is not null).ToArray();
        return new CustomAttributeBuilder(
            typeof(T).GetConstructor([typeof(string)])!,
            [argument],
            [.. given.Select(property => typeof(T).GetProperty(property.Name)!)],
            [.. given.Select(property => property.Value!)]);
    }
}
