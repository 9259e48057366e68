using System.Diagnostics.Metrics;
using System.Threading.Channels;
using PoseFunctions.Core.Telemetry;

namespace PoseFunctions.Testing.Telemetry;

/// <summary>Sees every batch that a model begins to run in this process, by the metric of its size.</summary>
public sealed class BatchProbe : IDisposable
{
    private static readonly TimeSpan EnoughToRun = TimeSpan.FromMilliseconds(500);

    private readonly MeterListener listener = new();
    private readonly Channel<int> sizes = Channel.CreateUnbounded<int>();
    private int runs;

    /// <param name="model">Name of the model.</param>
    public BatchProbe(string model)
    {
        listener.InstrumentPublished = (instrument, subscriber) =>
        {
            if (instrument.Meter == PoseFunctionsTelemetry.Meter && instrument.Name == "posefunctions.batch.size")
            {
                subscriber.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((_, size, tags, _) =>
        {
            foreach (var tag in tags)
            {
                if (tag.Key == "model" && Equals(tag.Value, model))
                {
                    Interlocked.Increment(ref runs);
                    sizes.Writer.TryWrite(size);
                }
            }
        });
        listener.Start();
    }

    /// <summary>How many batches have begun to run.</summary>
    public int Runs => Volatile.Read(ref runs);

    /// <summary>
    /// Waits for the next batch and returns its size, once this process has spent so much processor time after its start that
    /// the model must be running by then, and is not only about to.
    /// </summary>
    public async Task<int> NextRunningAsync(CancellationToken cancellationToken)
    {
        var size = await sizes.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        var started = Environment.CpuUsage.TotalTime;
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (Environment.CpuUsage.TotalTime - started < EnoughToRun)
        {
            await look.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false);
        }

        return size;
    }

    public void Dispose() => listener.Dispose();
}
