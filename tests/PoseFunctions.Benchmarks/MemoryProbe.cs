using System.Diagnostics;
using System.Globalization;

namespace PoseFunctions.Benchmarks;

/// <summary>How much memory a session takes, measured in a process of its own, so that nothing else counts.</summary>
internal static class MemoryProbe
{
    public const string Command = "memory";

    /// <summary>Bytes that loading a graph and running it add to a process at most.</summary>
    public static async Task<double> MeasureAsync(string folder, string graph, int batch, int threads)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. Self(), Command, folder, graph, Text(batch), Text(threads)])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? double.Parse(output, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"The memory of {folder} could not be measured: exit code {process.ExitCode}.");
    }

    /// <summary>The measuring process: prints the bytes.</summary>
    public static void Run(string folder, string name, int batch, int threads)
    {
        BenchmarkSessions.Factory(threads).Load(
            Testing.RepositoryRoot.Combine("tests", "PoseFunctions.Benchmarks", "Assets", "product.onnx")).Dispose(); // the library itself is not the model's
        var before = Kilobytes("VmRSS:");
        using var graph = new TimedGraph(folder, threads, name);
        _ = graph.Run(batch, repeats: 2).Sum();
        Console.WriteLine(1024 * (Kilobytes("VmHWM:") - before));
    }

    /// <summary>A line of what the kernel says of this process, in KiB.</summary>
    public static long Kilobytes(string line) => long.Parse(
        File.ReadLines("/proc/self/status").First(text => text.StartsWith(line, StringComparison.Ordinal))[line.Length..].Replace("kB", string.Empty, StringComparison.Ordinal),
        NumberStyles.Integer,
        CultureInfo.InvariantCulture);

    /// <summary>The arguments that start this program again: "dotnet program.dll" names the host as the process.</summary>
    public static string[] Self() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
