using System.Diagnostics;
using PoseFunctions.Testing;

namespace PoseFunctions.EndToEnd.Tests.Processes;

/// <summary>
/// A models folder with one generator, which nobody can load yet: a manifest is a named pipe, and who reads it waits for
/// <see cref="ReleaseAsync"/>.
/// </summary>
internal sealed class HeldModels : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public HeldModels()
    {
        foreach (var model in (string[])[.. PeopleModels.Names, "flow-transfer"])
        {
            Directory.CreateDirectory(System.IO.Path.Combine(Path, model));
            foreach (var file in Directory.EnumerateFiles(RepositoryRoot.Combine("models", model)).Where(file => file != Manifest))
            {
                File.CreateSymbolicLink(System.IO.Path.Combine(Path, model, System.IO.Path.GetFileName(file)), file);
            }
        }

        using var pipe = Process.Start("mkfifo", [Pipe]);
        pipe.WaitForExit();
        Assert.Equal(0, pipe.ExitCode);
    }

    public string Path => folder.Path;

    private static string Manifest { get; } = RepositoryRoot.Combine("models", PeopleModels.Names[0], "manifest.json");

    private string Pipe => System.IO.Path.Combine(Path, PeopleModels.Names[0], "manifest.json");

    /// <summary>Lets whoever waits for the manifest have it.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        var manifest = await File.ReadAllBytesAsync(Manifest, cancellationToken);

        // Opening waits for a reader, and a pipe knows nothing of who shares it.
        await using var pipe = await Task.Run(
            () => new FileStream(Pipe, FileMode.Open, FileAccess.Write, FileShare.ReadWrite), cancellationToken);
        await pipe.WriteAsync(manifest, cancellationToken);
    }

    public void Dispose() => folder.Dispose();
}
