using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PoseFunctions.Testing;

namespace PoseFunctions.Benchmarks;

/// <summary>A Python process that has exported a generator to <see cref="ModelFolder"/> and runs its PyTorch module when asked to.</summary>
internal sealed class PyTorchPeer : IDisposable
{
    private readonly Process process;

    private PyTorchPeer(Process process, string modelFolder, string description)
    {
        this.process = process;
        ModelFolder = modelFolder;
        Description = description;
    }

    public string ModelFolder { get; }

    /// <summary>PyTorch's version and the module's parameter count, as JSON.</summary>
    public string Description { get; }

    /// <exception cref="InvalidOperationException">The process ended; it said why on standard error.</exception>
    public static async Task<PyTorchPeer> StartAsync(string architecture, string network, string size, int threads)
    {
        var folder = Path.Combine(Directory.CreateTempSubdirectory("pose-time-").FullName, architecture);
        var start = new ProcessStartInfo("/usr/bin/python3")
        {
            WorkingDirectory = RepositoryRoot.Combine("models"),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "-m", "posemodels", "time", "--architecture", architecture, "--network", network, "--size", size,
                "--threads", threads.ToString(CultureInfo.InvariantCulture), "--output", folder,
            },
        };
        start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        var process = Process.Start(start)!;
        return new(process, folder, await ReadAsync(process));
    }

    /// <summary>Runs the module; the seconds of each run.</summary>
    public async Task<double[]> RunAsync(int batch, int repeats)
    {
        await process.StandardInput.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{batch} {repeats}"));
        await process.StandardInput.FlushAsync();
        return JsonSerializer.Deserialize(await ReadAsync(process), SecondsJson.Default.DoubleArray)!;
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
        Directory.Delete(Path.GetDirectoryName(ModelFolder)!, recursive: true);
    }

    private static async Task<string> ReadAsync(Process process) =>
        await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The Python process ended early.");
}
