using Azure;

namespace PoseFunctions.LocalTriggers.Storage;

/// <summary>Tells what may pass with time from what does not.</summary>
internal static class StorageFaults
{
    /// <summary>Whether a call to storage failed, be it refused, unreachable or out of time.</summary>
    public static bool IsStorageFault(Exception exception) => exception switch
    {
        RequestFailedException or IOException or HttpRequestException or TaskCanceledException => true,
        AggregateException all => all.InnerExceptions.All(IsStorageFault),
        _ => false,
    };
}
