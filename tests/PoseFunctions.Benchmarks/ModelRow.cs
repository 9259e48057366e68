using System.Globalization;

namespace PoseFunctions.Benchmarks;

/// <summary>One graph of one model with one batch size.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Graph">Name of the variant, or <see cref="TimedGraph.Encoder"/>.</param>
/// <param name="Size">Native height and width.</param>
/// <param name="Cost">Of one item; <see langword="null"/> where it is not known.</param>
/// <param name="Batch">Items of a run.</param>
/// <param name="PyTorch">Seconds of the module; <see langword="null"/> where there is none.</param>
/// <param name="OnnxRuntime">Seconds of the graph.</param>
/// <param name="Memory">Bytes that the session takes at most.</param>
/// <param name="Psnr">Likeness to the exact graph in dB; <see langword="null"/> for that one.</param>
internal sealed record ModelRow(
    string Model, string Graph, string Size, GraphCost? Cost, int Batch, double? PyTorch, double OnnxRuntime, double Memory, double? Psnr)
{
    /// <summary>The head of a Markdown table of these.</summary>
    public const string Header = """
        | model | graph | size | parameters | GFLOP | batch | PyTorch ms | ONNX Runtime ms | ratio | GFLOP/s | of peak | peak memory MB | PSNR dB |
        | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
        """;

    /// <summary>The line of the table.</summary>
    /// <param name="peak">Operations a second that the machine reaches at best.</param>
    public string ToMarkdown(double peak)
    {
        var flops = Batch * Cost?.ProductFlops;
        var rate = flops / OnnxRuntime;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {Model} | {Graph} | {Size} | {Cost?.Parameters / 1e6:0.00} M | {flops / 1e9:0.00} | {Batch} | {PyTorch * 1e3:0.0} | {OnnxRuntime * 1e3:0.0} "
            + $"| {PyTorch / OnnxRuntime:0.00} | {rate / 1e9:0} | {rate / peak * 100:0} % | {Memory / 1e6:0} | {Psnr:0.0} |");
    }
}
