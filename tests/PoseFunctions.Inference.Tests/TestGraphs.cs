using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PoseFunctions.Inference.Batching;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Providers;
using PoseFunctions.Inference.Sessions;
using PoseFunctions.Inference.Variants;
using PoseFunctions.Testing;

namespace PoseFunctions.Inference.Tests;

/// <summary>The graphs that Assets/make_graphs.py wrote, and quiet sessions.</summary>
internal static class TestGraphs
{
    public static string AddOne => PathOf("add-one");

    public static string Slow => PathOf("slow");

    public static string Blend => PathOf("blend");

    public static string Labels => PathOf("labels");

    /// <summary>A model folder: a tiny SCAM with random weights, as encoder and generator; Assets/make_scam.py wrote it.</summary>
    public static string Scam => RepositoryRoot.Combine("tests", "PoseFunctions.Inference.Tests", "Assets", "scam");

    /// <summary>A model folder: a generator that runs for minutes on every picture but a black one.</summary>
    public static string EndlessGenerator => RepositoryRoot.Combine("tests", "PoseFunctions.Inference.Tests", "Assets", "endless");

    /// <summary>A model folder: a layout model of 6 rows and 5 columns that shows what it is fed.</summary>
    public static string Layout => RepositoryRoot.Combine("tests", "PoseFunctions.Inference.Tests", "Assets", "layout");

    public static SessionSettings OneThread { get; } = new() { IntraOpThreads = 1 };

    /// <summary><see cref="Blend"/>, but 7/16 of the source.</summary>
    public static string RoughBlend => PathOf("rough-blend");

    public static SessionFactory Factory(int threads = 1, string provider = ExecutionProvider.Cpu, bool fallBack = true) =>
        FactoryOf(new() { IntraOpThreads = threads, Provider = provider, FallBackToCpu = fallBack }, new());

    public static SessionFactory FactoryOf(InferenceOptions options, BatchingOptions batching, ProcessorFeatures? processor = null) =>
        new(Options.Create(options), Options.Create(batching), NullLogger<SessionFactory>.Instance)
        {
            Processor = processor ?? ProcessorFeatures.OfThisMachine,
        };

    /// <summary>Loads the SCAM's two sessions.</summary>
    public static OnnxPoseGenerator LoadScam(BatchingOptions batching)
    {
        var manifest = ManifestReader.Read(Scam);
        return new(
            ModelSession.Load(manifest, Scam, Factory()), ModelSession.Load(manifest.EncoderManifest()!, Scam, Factory()), batching, TimeProvider.System);
    }

    public static string PathOf(string name) => RepositoryRoot.Combine("tests", "PoseFunctions.Inference.Tests", "Assets", $"{name}.onnx");
}
