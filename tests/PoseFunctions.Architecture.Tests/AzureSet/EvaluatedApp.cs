using System.Diagnostics;
using System.Text.Json;
using PoseFunctions.Testing;

namespace PoseFunctions.Architecture.Tests.AzureSet;

/// <summary>
/// A function app as MSBuild evaluates it for a package set, and the graph that NuGet would restore for it. Nothing is
/// downloaded and nothing built: a restore begins with this graph and then asks the registry for what stands in it.
/// </summary>
internal sealed class EvaluatedApp
{
    private const string Properties = "OutputType,AzureFunctionsVersion,TargetFramework,RestorePackagesWithLockFile,NuGetLockFilePath";
    private const string Items = "PackageReference,ProjectReference,FrameworkReference,NativeLibrary,None";

    private readonly JsonElement evaluation;

    private EvaluatedApp(JsonElement evaluation, IReadOnlyDictionary<string, string[]> asked)
    {
        this.evaluation = evaluation;
        Asked = asked;
    }

    /// <summary>What a restore asks for by project, in the form of <see cref="PackageList"/>.</summary>
    public IReadOnlyDictionary<string, string[]> Asked { get; }

    /// <summary>Evaluates an app under <c>src</c>.</summary>
    public static async Task<EvaluatedApp> ReadAsync(string app, string packages, CancellationToken cancellationToken)
    {
        var graphFile = Path.Combine(Path.GetTempPath(), $"{app}.{packages}.{Guid.NewGuid():N}.json");
        try
        {
            var evaluation = await RunAsync(
                [
                    "msbuild", RepositoryRoot.Combine("src", app, $"{app}.csproj"), "-nologo", "-nodeReuse:false",
                    "-target:GenerateRestoreGraphFile", $"-property:RestoreGraphOutputPath={graphFile}", $"-property:Packages={packages}",
                    $"-getProperty:{Properties}", $"-getItem:{Items}",
                ],
                cancellationToken);
            return new(JsonDocument.Parse(evaluation).RootElement, ReadGraph(await File.ReadAllTextAsync(graphFile, cancellationToken)));
        }
        finally
        {
            File.Delete(graphFile);
        }
    }

    /// <summary>The value of a property.</summary>
    public string Property(string name) => evaluation.GetProperty("Properties").GetProperty(name).GetString()!;

    /// <summary>What the items of a kind include, in order of their names.</summary>
    public string[] Includes(string item) => [.. Metadata(item, "Identity").Order(StringComparer.Ordinal)];

    /// <summary>One metadatum of the items of a kind; nothing for those without it.</summary>
    public IEnumerable<string> Metadata(string item, string metadatum) =>
        from element in evaluation.GetProperty("Items").GetProperty(item).EnumerateArray()
        where element.TryGetProperty(metadatum, out _)
        select element.GetProperty(metadatum).GetString()!;

    private static Dictionary<string, string[]> ReadGraph(string json)
    {
        // Analyzers are for whoever writes the code; they are the same in both sets and go into no app.
        const string OnlyForDevelopment = "All";
        using var graph = JsonDocument.Parse(json);
        return graph.RootElement.GetProperty("projects").EnumerateObject().ToDictionary(
            project => Path.GetFileNameWithoutExtension(project.Name),
            project =>
            {
                var framework = project.Value.GetProperty("frameworks").EnumerateObject().Single().Value;
                var references = project.Value.GetProperty("restore").GetProperty("frameworks").EnumerateObject().Single().Value
                    .GetProperty("projectReferences").EnumerateObject()
                    .Select(reference => $"-> {Path.GetFileNameWithoutExtension(reference.Name)}");
                var packages = framework.TryGetProperty("dependencies", out var dependencies)
                    ? dependencies.EnumerateObject()
                        .Where(package => !package.Value.TryGetProperty("suppressParent", out var kept) || kept.GetString() != OnlyForDevelopment)
                        .Select(package => $"{package.Name} {Lowest(package.Value.GetProperty("version").GetString()!)}")
                    : [];
                return references.Concat(packages).Order(StringComparer.Ordinal).ToArray();
            });
    }

    // "[2.52.0, )" is how NuGet writes "2.52.0 or newer"; any other range stays as it is and fails the comparison.
    private static string Lowest(string range) =>
        range is ['[', .. var version, ',', ' ', ')'] ? version : range;

    private static async Task<string> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // "dotnet test" leaves its own MSBuild's variables behind; this one shall find everything by itself.
        foreach (var variable in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(variable);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} failed: {await output}{await errors}");
    }
}
