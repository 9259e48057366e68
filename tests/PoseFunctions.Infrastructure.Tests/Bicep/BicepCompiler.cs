using System.Diagnostics;
using System.Text.Json;

namespace PoseFunctions.Infrastructure.Tests.Bicep;

/// <summary>The real compiler of templates. It knows Azure's resource types and asks nobody, as long as no template is in a registry.</summary>
internal static class BicepCompiler
{
    private const UnixFileMode Runnable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private static readonly Lazy<string> Executable = new(Prepare);

    /// <summary>Compiles every template that a pattern matches, and lays what it becomes beside it, as <c>.json</c>.</summary>
    /// <param name="folder">Below it the pattern is matched.</param>
    /// <param name="pattern">Such as <c>*/main.bicep</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static Task<IReadOnlyList<BicepFinding>> BuildAsync(string folder, string pattern, CancellationToken cancellationToken) =>
        FindAsync(folder, ["build", "--pattern", pattern, "--no-restore"], cancellationToken);

    /// <summary>Compiles parameter files with the templates that they are for.</summary>
    public static Task<IReadOnlyList<BicepFinding>> BuildParametersAsync(string folder, string pattern, CancellationToken cancellationToken) =>
        FindAsync(folder, ["build-params", "--pattern", pattern, "--no-restore"], cancellationToken);

    /// <summary>Works out what a deployment with a parameter file would create, as a snapshot beside the file.</summary>
    /// <returns>Path of the snapshot.</returns>
    /// <exception cref="InvalidOperationException">The compiler refuses it; the message holds what it says.</exception>
    public static async Task<string> PredictAsync(
        string folder, string parameterFile, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "snapshot", parameterFile, "--mode", "overwrite", "--subscription-id", Guid.Empty.ToString(), "--location", "westeurope",
        ];
        var (exitCode, errors) = await RunAsync(folder, arguments, environment, cancellationToken);
        return exitCode == 0
            ? Path.Combine(folder, Path.ChangeExtension(parameterFile, ".snapshot.json"))
            : throw new InvalidOperationException($"No deployment of {parameterFile}: {errors}");
    }

    private static async Task<IReadOnlyList<BicepFinding>> FindAsync(string folder, string[] arguments, CancellationToken cancellationToken)
    {
        var (_, errors) = await RunAsync(folder, [.. arguments, "--diagnostics-format", "sarif"], DeploymentEnvironment.Needed, cancellationToken);
        try
        {
            return [.. BicepFinding.Read(errors, folder).Distinct()];
        }
        catch (JsonException exception)
        {
            throw new InvalidOperationException($"The compiler does not compile: {errors}", exception);
        }
    }

    private static async Task<(int ExitCode, string Errors)> RunAsync(
        string folder, string[] arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Executable.Value, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        await output;
        return (process.ExitCode, await errors);
    }

    private static string Prepare()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "bicep");
        File.SetUnixFileMode(path, Runnable);
        return path;
    }
}
