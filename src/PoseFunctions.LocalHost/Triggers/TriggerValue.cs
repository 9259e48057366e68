using System.Text.Json;
using Google.Protobuf;
using Microsoft.Azure.WebJobs;
using PoseFunctions.LocalHost.Protocol;

namespace PoseFunctions.LocalHost.Triggers;

/// <summary>Values of triggers, and what is known of them, as they travel to the worker.</summary>
internal static class TriggerValue
{
    public static TypedData ToTyped(object value) => value switch
    {
        string text => new TypedData { String = text },
        ParameterBindingData reference => new TypedData { ModelBindingData = ToModel(reference) },
        TimerInfo timer => ToJson(new { timer.ScheduleStatus, timer.IsPastDue }),
        _ => ToJson(value),
    };

    private static TypedData ToJson(object value) => new() { Json = JsonSerializer.Serialize(value, value.GetType()) };

    private static ModelBindingData ToModel(ParameterBindingData reference) => new()
    {
        Version = reference.Version,
        Source = reference.Source,
        ContentType = reference.ContentType,
        Content = UnsafeByteOperations.UnsafeWrap(reference.Content.ToMemory()),
    };
}
