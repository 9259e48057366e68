namespace PoseFunctions.Benchmarks;

/// <summary>A graph and what is known of it before it is timed.</summary>
/// <param name="Graph">Runs it.</param>
/// <param name="Folder">Where its model lies.</param>
/// <param name="Cost">Of one item; <see langword="null"/> where it cannot be counted.</param>
/// <param name="Psnr">Likeness to the exact graph in dB; <see langword="null"/> for that one.</param>
internal sealed record MeasuredGraph(TimedGraph Graph, string Folder, GraphCost? Cost, double? Psnr) : IDisposable
{
    public void Dispose() => Graph.Dispose();
}
