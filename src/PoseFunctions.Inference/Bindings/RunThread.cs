using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace PoseFunctions.Inference.Bindings;

/// <summary>
/// A thread of its own for runs that must come one after the other and all from the same place: the CUDA provider keeps what
/// it recorded with the thread that recorded it.
/// </summary>
internal sealed class RunThread : IDisposable
{
    private readonly BlockingCollection<Action> waiting = [];
    private readonly Thread thread;

    public RunThread()
    {
        thread = new(Work) { IsBackground = true, Name = "bound runs" };
        thread.Start();
    }

    /// <summary>Runs on the thread and waits for the end.</summary>
    /// <exception cref="ObjectDisposedException">The thread has ended.</exception>
    public T Run<T>(Func<T> run)
    {
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        using var ended = new ManualResetEventSlim();
        waiting.Add(() =>
        {
            try
            {
                result = run();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
            finally
            {
                ended.Set();
            }
        });
        ended.Wait();
        failure?.Throw();
        return result!;
    }

    /// <summary>Ends the thread after what waits.</summary>
    public void Dispose()
    {
        waiting.CompleteAdding();
        thread.Join();
        waiting.Dispose();
    }

    private void Work()
    {
        foreach (var run in waiting.GetConsumingEnumerable())
        {
            run();
        }
    }
}
