using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PoseFunctions.Testing.Azurite;

/// <summary>
/// One Azurite storage emulator on ports of its own on 127.0.0.1. It ends with <see cref="DisposeAsync"/>, and also when the
/// test process dies, because its launcher exits once its standard input closes.
/// </summary>
public sealed partial class AzuriteProcess : IAsyncDisposable
{
    private const string AccountName = "devstoreaccount1";

    // The well-known key that every emulator has; it opens nothing else.
    private const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private const string Launcher = "process.stdin.on('end', () => process.exit(0)).resume(); require(process.argv[1]);";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly string workFolder;

    private AzuriteProcess(Process process, string workFolder, int blobPort, int queuePort)
    {
        this.process = process;
        this.workFolder = workFolder;
        BlobPort = blobPort;
        QueuePort = queuePort;
    }

    /// <summary>Its process id.</summary>
    public int Id => process.Id;

    public int BlobPort { get; }

    public int QueuePort { get; }

    /// <summary>A storage connection string for blobs and queues.</summary>
    public string ConnectionString => string.Create(
        CultureInfo.InvariantCulture,
        $"DefaultEndpointsProtocol=http;AccountName={AccountName};AccountKey={AccountKey};BlobEndpoint=http://127.0.0.1:{BlobPort}/{AccountName};QueueEndpoint=http://127.0.0.1:{QueuePort}/{AccountName};");

    /// <summary>Starts an emulator that keeps its data in memory and returns once it listens.</summary>
    /// <param name="blobPort">Port for blobs; 0 takes a free one.</param>
    /// <param name="queuePort">Port for queues; 0 takes a free one.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="InvalidOperationException">The npm packages are not installed, or the emulator did not start.</exception>
    public static async Task<AzuriteProcess> StartAsync(
        int blobPort = 0, int queuePort = 0, CancellationToken cancellationToken = default)
    {
        var script = RepositoryRoot.Combine("eng", "node_modules", "azurite", "dist", "src", "azurite.js");
        if (!File.Exists(script))
        {
            throw new InvalidOperationException(
                "The storage emulator is not installed. Run: npm ci --ignore-scripts --prefix eng");
        }

        var workFolder = Directory.CreateTempSubdirectory("posefunctions-azurite-").FullName;
        var process = new Process { StartInfo = StartInfo(script, workFolder, blobPort, queuePort) };
        try
        {
            process.Start();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(StartLimit);
            var (blobs, queues) = await ReadPortsAsync(process, limit.Token).ConfigureAwait(false);

            // Nobody reads the pipes from here on, and a full pipe would stop the emulator.
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return new AzuriteProcess(process, workFolder, blobs, queues);
        }
        catch
        {
            await StopAsync(process, workFolder).ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync(process, workFolder).ConfigureAwait(false);

    private static ProcessStartInfo StartInfo(string script, string workFolder, int blobPort, int queuePort)
    {
        string[] arguments =
        [
            "-e", Launcher, script,
            "--inMemoryPersistence", "--disableTelemetry", "--skipApiVersionCheck", "--loose", "--silent",
            "--blobHost", "127.0.0.1", "--blobPort", blobPort.ToString(CultureInfo.InvariantCulture),
            "--queueHost", "127.0.0.1", "--queuePort", queuePort.ToString(CultureInfo.InvariantCulture),
            "--tableHost", "127.0.0.1", "--tablePort", "0",
        ];
        return new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = workFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    private static async Task<(int Blobs, int Queues)> ReadPortsAsync(Process process, CancellationToken cancellationToken)
    {
        var ports = new Dictionary<string, int>(StringComparer.Ordinal);
        var output = new StringBuilder();

        // The table service starts last, so its line says that all three listen.
        while (!ports.ContainsKey("Table"))
        {
            var line = await process.StandardOutput.ReadLineAsync(cancellationToken).ConfigureAwait(false);
            if (line is null)
            {
                var error = await process.StandardError.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
                throw new InvalidOperationException($"The storage emulator did not start:\n{output}{error}");
            }

            output.AppendLine(line);
            if (Listening().Match(line) is { Success: true } match)
            {
                ports[match.Groups["service"].Value] = int.Parse(match.Groups["port"].ValueSpan, CultureInfo.InvariantCulture);
            }
        }

        return (ports["Blob"], ports["Queue"]);
    }

    private static async Task StopAsync(Process process, string workFolder)
    {
        using (process)
        {
            try
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync().ConfigureAwait(false);
            }
            catch (InvalidOperationException)
            {
                // It never started or is already gone, which is what was wanted.
            }
        }

        Directory.Delete(workFolder, recursive: true);
    }

    [GeneratedRegex(@"Azurite (?<service>\w+) service is successfully listening at http://[^:]+:(?<port>\d+)")]
    private static partial Regex Listening();
}
