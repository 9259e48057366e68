using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using PoseFunctions.Core.Telemetry;

namespace PoseFunctions.Testing.Telemetry;

/// <summary>
/// Counts requests to storage by operation (<c>blob.put</c>, <c>queue.send</c> …) from its construction on.
/// </summary>
public sealed class StorageOperationProbe : IDisposable
{
    private readonly ConcurrentQueue<string> operations = [];
    private readonly AsyncLocal<bool> isMine = new();
    private readonly MeterListener listener = new();

    /// <summary>Starts counting.</summary>
    /// <param name="everywhere">
    /// Whether the whole process counts; otherwise only what the code flow that made this probe sends, so that tests can run
    /// side by side.
    /// </param>
    public StorageOperationProbe(bool everywhere = false)
    {
        isMine.Value = true;
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == PoseFunctionsTelemetry.Name && instrument.Name == "posefunctions.storage.operations")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            if (everywhere || isMine.Value)
            {
                operations.Enqueue((string)tags[0].Value!);
            }
        });
        listener.Start();
    }

    /// <summary>The operations so far, in the order they were sent.</summary>
    public IReadOnlyList<string> Operations => [.. operations];

    public void Dispose() => listener.Dispose();
}
