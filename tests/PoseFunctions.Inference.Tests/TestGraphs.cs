using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PoseFunctions.Inference.Sessions;
using PoseFunctions.Testing;

namespace PoseFunctions.Inference.Tests;

/// <summary>The graphs that Assets/make_graphs.py wrote, and quiet sessions.</summary>
internal static class TestGraphs
{
    public static string AddOne => PathOf("add-one");

    public static string Slow => PathOf("slow");

    public static string Blend => PathOf("blend");

    /// <summary>A model folder: a generator that runs for minutes on every picture but a black one.</summary>
    public static string EndlessGenerator => RepositoryRoot.Combine("tests", "PoseFunctions.Inference.Tests", "Assets", "endless");

    public static SessionSettings OneThread { get; } = new() { IntraOpThreads = 1 };

    public static SessionFactory Factory(int threads = 1, string provider = ExecutionProvider.Cpu, bool fallBack = true) => new(
        Options.Create(new InferenceOptions { IntraOpThreads = threads, Provider = provider, FallBackToCpu = fallBack }),
        NullLogger<SessionFactory>.Instance);

    private static string PathOf(string name) => RepositoryRoot.Combine("tests", "PoseFunctions.Inference.Tests", "Assets", $"{name}.onnx");
}
