using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Models;
using PoseFunctions.Inference.Sessions;
using PoseFunctions.Inference.Tensors;

namespace PoseFunctions.Inference.Manifests;

/// <summary>Reads manifests, and refuses what does not fit together: fields, graph file, session.</summary>
public static class ManifestReader
{
    /// <summary>Name of the file in every model's folder.</summary>
    public const string FileName = "manifest.json";

    /// <summary>Reads a model folder's manifest and checks its fields; the graph file is not opened.</summary>
    /// <exception cref="ManifestMismatchException">A field is missing or says nonsense.</exception>
    /// <exception cref="InfrastructureException">The file is no manifest of the schema version that this service reads.</exception>
    public static ModelManifest Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        var manifest = ModelManifestJson.Parse(File.ReadAllBytes(path), path);
        var faults = ManifestRules.Faults(manifest).ToList();
        return faults.Count == 0 ? manifest : throw new ManifestMismatchException(path, faults);
    }

    /// <summary>Checks that a graph file is the one that the manifest describes.</summary>
    /// <param name="path">The graph file.</param>
    /// <param name="sha256">What the manifest says of it, lower-case hex.</param>
    /// <exception cref="ManifestMismatchException">Another SHA-256, or no file.</exception>
    public static void VerifyFile(string path, string sha256)
    {
        if (!File.Exists(path))
        {
            throw new ManifestMismatchException(path, ["the graph file that the manifest names is not there"]);
        }

        using var graph = File.OpenRead(path);
        var found = Convert.ToHexStringLower(SHA256.HashData(graph));
        if (found != sha256)
        {
            throw new ManifestMismatchException(path, [$"its SHA-256 is {found}, the manifest says {sha256}"]);
        }
    }

    /// <summary>Checks names, element types and shapes against what the session declares.</summary>
    /// <exception cref="ManifestMismatchException">They differ; the message names each difference.</exception>
    public static void VerifySession(ModelManifest manifest, OnnxSession session)
    {
        var faults = Differences("input", manifest.Inputs, session.Inputs, complete: true)
            .Concat(Differences("output", manifest.Outputs, session.Outputs, complete: false)).ToList();
        if (faults.Count > 0)
        {
            throw new ManifestMismatchException(session.Origin, faults);
        }
    }

    private static IEnumerable<string> Differences(
        string kind, IReadOnlyList<TensorSpecification> described, IReadOnlyDictionary<string, NodeMetadata> declared, bool complete)
    {
        foreach (var tensor in described)
        {
            if (!declared.TryGetValue(tensor.Name, out var found))
            {
                yield return $"the manifest's {kind} '{tensor.Name}' is not in the graph, which has {string.Join(", ", declared.Keys)}";
            }
            else if (!found.IsTensor || found.ElementDataType != TensorElementType.Float)
            {
                yield return $"{kind} '{tensor.Name}' is {(found.IsTensor ? found.ElementDataType : "no tensor")} in the graph, {tensor.Type} in the manifest";
            }
            else if (!Fits(tensor.Axes(), Axes(found)))
            {
                yield return $"{kind} '{tensor.Name}' has shape [{string.Join(", ", Axes(found))}] in the graph, [{string.Join(", ", tensor.Axes())}] in the manifest";
            }
        }

        foreach (var extra in declared.Keys.Where(name => complete && described.All(tensor => tensor.Name != name)))
        {
            yield return $"the graph's {kind} '{extra}' is not in the manifest";
        }
    }

    private static TensorAxis[] Axes(NodeMetadata tensor) =>
        [.. tensor.Dimensions.Zip(tensor.SymbolicDimensions, (size, symbol) => size >= 0 ? TensorAxis.Of(size) : TensorAxis.Named(symbol))];

    // Exporters may lose a fixed size on the way out, so a graph may leave open what the manifest fixes; never the reverse.
    private static bool Fits(IReadOnlyList<TensorAxis> described, TensorAxis[] declared) =>
        described.Count == declared.Length
        && described.Zip(declared).All(axis => !axis.Second.IsFixed || (axis.First.IsFixed && axis.First.Size == axis.Second.Size));
}
