using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace PoseFunctions.Inference.Sessions;

/// <summary>One run of a graph, which another thread can stop.</summary>
internal static class StoppableRun
{
    /// <summary>Number of a CUDA graph for a run that is neither recorded nor replayed.</summary>
    public const int NoGraph = -1;

    private const string GraphNumber = "gpu_graph_id";

    /// <summary>Calls <paramref name="run"/> with options by which the run stops at the next operator on cancellation.</summary>
    /// <param name="graph">
    /// Which CUDA graph the run belongs to, from 1, or <see cref="NoGraph"/>; the first run of each is recorded. Null without CUDA graphs.
    /// </param>
    /// <param name="run">Hands the options to the library.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    /// <exception cref="InferenceException">The run failed.</exception>
    public static void Execute(int? graph, Action<RunOptions> run, CancellationToken cancellationToken)
    {
        using var options = new RunOptions();
        if (graph is { } number)
        {
            options.AddRunConfigEntry(GraphNumber, number.ToString(CultureInfo.InvariantCulture));
        }

        // Disposed first, and disposing waits for a callback in progress: options outlive every Terminate.
        using var stop = cancellationToken.UnsafeRegister(static state => ((RunOptions)state!).Terminate = true, options);
        try
        {
            run(options);
        }
        catch (OnnxRuntimeException stopped) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The run was stopped.", stopped, cancellationToken);
        }
        catch (OnnxRuntimeException failure)
        {
            throw new InferenceException(failure);
        }
    }
}
