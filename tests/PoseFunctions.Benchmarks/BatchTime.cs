namespace PoseFunctions.Benchmarks;

/// <summary>Median times of one batch, taken in turn in one run.</summary>
/// <param name="Batch">Items of a run.</param>
/// <param name="PyTorch">Seconds of the module; <see langword="null"/> where there is none.</param>
/// <param name="OnnxRuntime">Seconds of each graph, in the order that they were given.</param>
internal sealed record BatchTime(int Batch, double? PyTorch, IReadOnlyList<double> OnnxRuntime);
