using PoseFunctions.Inference.Providers;
using Xunit;

namespace PoseFunctions.Inference.Tests.Providers;

public sealed class ProviderOrderTests
{
    [Theory]
    [InlineData("cpu", true, "cpu")]
    [InlineData("cuda", true, "cuda,cpu")]
    [InlineData("cuda", false, "cuda")]
    [InlineData("tensorrt", true, "tensorrt,cuda,cpu")]
    [InlineData("XNNPACK", true, "XNNPACK,cpu")]
    public void Candidates_OfAProvider_EndWithTheCpuWhereFallingBackIsAllowed(string requested, bool fallBack, string expected) =>
        Assert.Equal(expected.Split(','), ExecutionProvider.Candidates(requested, fallBack));

    [Fact]
    public void Settings_TensorRtWithGraphs_LeavesTheRestToCudaAndRecordsOnce()
    {
        var factory = TestGraphs.FactoryOf(
            new() { Provider = "tensorrt", Cuda = new() { Graphs = true }, ProviderSettings = { ["trt_fp16_enable"] = "1" } },
            new() { FixedSizes = "4,8" });

        var settings = factory.SettingsFor("tensorrt", manifest: null, graphs: true);

        Assert.Equal(["tensorrt", "cuda"], settings.Providers.Select(provider => provider.Name));
        Assert.Equal(("1", "1"), (settings.Providers[0].Settings["trt_cuda_graph_enable"], settings.Providers[0].Settings["trt_fp16_enable"]));
        Assert.Equal("0", settings.Providers[1].Settings["enable_cuda_graph"]);
        Assert.DoesNotContain("trt_fp16_enable", settings.Providers[1].Settings.Keys);
        Assert.Equal([1, 4, 8], settings.BoundBatchSizes);
    }

    [Fact]
    public void Settings_OwnNamesOfTheProvider_WinOverOurs()
    {
        var factory = TestGraphs.FactoryOf(new() { Provider = "cuda", ProviderSettings = { ["use_tf32"] = "1" } }, new());

        var cuda = Assert.Single(factory.SettingsFor("cuda", manifest: null, graphs: false).Providers);

        Assert.Equal("1", cuda.Settings["use_tf32"]);
        Assert.Empty(factory.SettingsFor("cpu", manifest: null, graphs: false).Providers);
    }

    [Theory]
    [InlineData("cuda")]
    [InlineData("tensorrt")]
    public void Load_GpuProviderWithoutItsLibraries_RunsOnTheCpuAndSaysWhyInOneSentence(string provider)
    {
        var factory = TestGraphs.FactoryOf(new() { Provider = provider, IntraOpThreads = 1 }, new() { FixedSizes = "1,8" });

        using var session = factory.Load(TestGraphs.AddOne);

        Assert.Equal((ExecutionProvider.Cpu, provider, ExecutionProvider.Cpu), (session.Provider, factory.Selection.Requested, factory.Selection.Active));
        Assert.StartsWith($"The execution provider '{provider}' is not available: ", factory.Selection.FallbackReason, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', factory.Selection.FallbackReason!);
    }
}
