using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PoseFunctions.Testing;

namespace PoseFunctions.Benchmarks;

/// <summary>A Python process that runs a PyTorch module when asked to, beside the graph with the module's weights.</summary>
internal sealed class PyTorchPeer : IDisposable
{
    /// <summary>What a model's main graph computes; the other part is <see cref="TimedGraph.Encoder"/>.</summary>
    public const string Model = "model";

    private readonly Process process;
    private readonly string workFolder;

    private PyTorchPeer(Process process, string workFolder, PyTorchReady ready)
    {
        this.process = process;
        this.workFolder = workFolder;
        Ready = ready;
    }

    public PyTorchReady Ready { get; }

    /// <param name="threads">Inside one operator.</param>
    /// <param name="arguments">Which network, as <c>posemodels time</c> takes them.</param>
    /// <exception cref="InvalidOperationException">The process ended; it said why on standard error.</exception>
    public static async Task<PyTorchPeer> StartAsync(int threads, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("pose-time-").FullName;
        var count = threads.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(
            "/usr/bin/python3", ["-m", "posemodels", "time", .. arguments, "--threads", count, "--output", Path.Combine(folder, "timed")])
        {
            WorkingDirectory = RepositoryRoot.Combine("models"),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["OMP_NUM_THREADS"] = count;
        var process = Process.Start(start)!;
        try
        {
            return new(process, folder, JsonSerializer.Deserialize(await ReadAsync(process), BenchmarkJson.Default.PyTorchReady)!);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            process.Dispose();
            throw;
        }
    }

    /// <summary>Runs a part of the module; the seconds of each run.</summary>
    public async Task<double[]> RunAsync(string part, int batch, int repeats)
    {
        await process.StandardInput.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{batch} {repeats} {part}"));
        await process.StandardInput.FlushAsync();
        return JsonSerializer.Deserialize(await ReadAsync(process), BenchmarkJson.Default.DoubleArray)!;
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
        Directory.Delete(workFolder, recursive: true);
    }

    private static async Task<string> ReadAsync(Process process) =>
        await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The Python process ended early.");
}
