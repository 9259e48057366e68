using System.Diagnostics;
using System.Text.RegularExpressions;
using PoseFunctions.Infrastructure.Tests.Docker;

namespace PoseFunctions.Infrastructure.Tests.DryRun;

/// <summary>
/// Does outside Docker what a Dockerfile says: every stage is a folder, <c>COPY</c> and <c>WORKDIR</c> work on it, and <c>RUN</c> runs
/// with its absolute paths moved below the folder. What base images hold is not there: the SDK is that of this machine, and of CUDA there
/// are only empty folders.
/// </summary>
internal sealed partial class ImageBuild(Dockerfile file, BuildContext context, string folder, IReadOnlyDictionary<string, string> arguments)
{
    private const string NotHere = "${CUDA_IMAGE}";

    private readonly List<string> log = [];

    /// <summary>Folder that is the image's root.</summary>
    public string Root => RootOf(file.Image);

    /// <summary>Where the image's programs start, below <see cref="Root"/>.</summary>
    public string WorkingFolder => Path.Join(Root, file.Image.Of("WORKDIR").Last().Text);

    /// <summary>Paths that each <c>COPY</c> of the image brought, below <see cref="WorkingFolder"/> or the root; one list a layer.</summary>
    public List<IReadOnlyList<string>> Layers { get; } = [];

    /// <summary>What commands wrote.</summary>
    public string Log => string.Join('\n', log);

    /// <summary>The environment of the image, with paths that are in the image moved below <see cref="Root"/>.</summary>
    public IEnumerable<KeyValuePair<string, string>> Environment => file.Environment.Select(pair => KeyValuePair.Create(
        pair.Key, pair.Value.StartsWith('/') && Path.Exists(Path.Join(Root, pair.Value)) ? Path.Join(Root, pair.Value) : pair.Value));

    /// <exception cref="InvalidOperationException">An instruction cannot be done; the message holds what commands wrote.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var stage in file.Stages)
        {
            var current = "/";
            Directory.CreateDirectory(RootOf(stage));
            foreach (var instruction in stage.Instructions)
            {
                switch (instruction.Keyword)
                {
                    case "WORKDIR":
                        current = Path.Combine(current, instruction.Text);
                        Directory.CreateDirectory(Path.Join(RootOf(stage), current));
                        break;
                    case "COPY":
                        Copy(stage, instruction, current);
                        break;
                    case "RUN":
                        await RunAsync(stage, instruction.Text, Path.Join(RootOf(stage), current), cancellationToken);
                        break;
                }
            }
        }
    }

    private string RootOf(DockerStage stage) => Path.Combine(folder, stage.Name);

    private void Copy(DockerStage stage, DockerInstruction copy, string current)
    {
        var target = Path.Join(RootOf(stage), Path.Combine(current, copy.Words[^1]));
        var isFolder = copy.Words[^1].EndsWith('/') || copy.Words.Count > 2;
        var layer = new List<string>();
        foreach (var source in copy.Words.SkipLast(1))
        {
            var found = copy.Flags.TryGetValue("from", out var from) ? FromStage(from, source) : FromContext(source);
            foreach (var (path, relative) in found)
            {
                var destination = isFolder || relative.Length > 0 ? Path.Combine(target, relative.Length > 0 ? relative : Path.GetFileName(path)) : target;
                Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
                File.Copy(path, destination, overwrite: true);
                layer.Add(Path.GetRelativePath(RootOf(stage), destination));
            }
        }

        if (stage == file.Image)
        {
            Layers.Add(layer);
        }
    }

    private IEnumerable<(string Path, string Relative)> FromContext(string source) =>
        from path in context.Match(source)
        let relative = path == source ? "" : System.IO.Path.GetRelativePath(source, path)
        select (System.IO.Path.Combine(context.Root, path), relative);

    // A stage whose image is not here has made nothing.
    private IEnumerable<(string Path, string Relative)> FromStage(string name, string source)
    {
        var stage = file.Stages.Single(stage => stage.Name == name);
        var path = Path.Join(RootOf(stage), source).TrimEnd('/');
        if (stage.Image.StartsWith(NotHere, StringComparison.Ordinal))
        {
            return [];
        }

        if (!Directory.Exists(path))
        {
            return File.Exists(path) ? [(path, "")] : throw new InvalidOperationException($"The stage '{name}' has not made '{source}'.\n{Log}");
        }

        return from found in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories) select (found, Path.GetRelativePath(path, found));
    }

    private async Task RunAsync(DockerStage stage, string command, string workingFolder, CancellationToken cancellationToken)
    {
        if (stage.Image.StartsWith(NotHere, StringComparison.Ordinal))
        {
            return;
        }

        var start = new ProcessStartInfo("bash", ["-euc", AbsolutePath().Replace(command, $"{RootOf(stage)}/")])
        {
            WorkingDirectory = workingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var pair in stage.Of("ARG").SelectMany(argument => argument.Pairs))
        {
            start.Environment[pair.Key] = arguments.GetValueOrDefault(pair.Key, pair.Value);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        log.Add(command);
        log.Add(await output + await errors);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"A RUN of {file} ended with {process.ExitCode}.\n{Log}");
        }
    }

    [GeneratedRegex("(?<=^|[\\s\"'=])/(?=[a-z])")]
    private static partial Regex AbsolutePath();
}
