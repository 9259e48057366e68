using Microsoft.ML.OnnxRuntime.Tensors;
using PoseFunctions.Core.Failures;
using PoseFunctions.Inference.Providers;
using PoseFunctions.Inference.Sessions;
using Xunit;

namespace PoseFunctions.Inference.Tests.Sessions;

public sealed class OnnxSessionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Load_Graph_DeclaresItsTensorsAndMetadata()
    {
        using var session = OnnxSession.Load(TestGraphs.AddOne, TestGraphs.OneThread);

        var (name, input) = Assert.Single(session.Inputs);
        Assert.Equal(("x", TensorElementType.Float), (name, input.ElementDataType));
        Assert.Equal([-1, 3, 4, 4], input.Dimensions);
        Assert.Equal("batch", input.SymbolicDimensions[0]);
        Assert.Equal(("make_graphs", "add-one", 7L), (session.Metadata.ProducerName, session.Metadata.GraphName, session.Metadata.Version));
        Assert.Equal("test", session.Metadata.CustomMetadataMap["purpose"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Run_AnyBatchSize_WritesIntoTheCallersMemory(int batch)
    {
        using var session = OnnxSession.Load("memory", File.ReadAllBytes(TestGraphs.AddOne), TestGraphs.OneThread);
        var input = Enumerable.Range(0, batch * 48).Select(i => (float)i).ToArray();
        var output = new float[input.Length];

        session.Run([new("x", new long[] { batch, 3, 4, 4 }, input)], [new("y", new long[] { batch, 3, 4, 4 }, output)], Cancel);

        Assert.Equal(input.Select(value => value + 1), output);
    }

    [Fact]
    public void Run_WrongShape_ThrowsTheNativeMessage()
    {
        using var session = OnnxSession.Load(TestGraphs.AddOne, TestGraphs.OneThread);

        var failure = Assert.Throws<InferenceException>(() => session.Run(
            [new("x", new long[] { 1, 3, 4, 5 }, new float[60])], [new("y", new long[] { 1, 3, 4, 5 }, new float[60])], Cancel));

        Assert.Equal(("InvalidArgument", false), (failure.Code, failure.IsTransient));
        Assert.Contains("invalid dimensions", failure.NativeMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MemoryShorterThanShape_IsRefused()
    {
        using var session = OnnxSession.Load(TestGraphs.AddOne, TestGraphs.OneThread);

        Assert.Throws<InferenceException>(() => session.Run(
            [new("x", new long[] { 2, 3, 4, 4 }, new float[48])], [new("y", new long[] { 2, 3, 4, 4 }, new float[96])], Cancel));
    }

    [Fact]
    public async Task Run_CancelledOnTheWay_StopsAndSaysSo()
    {
        using var session = OnnxSession.Load(TestGraphs.Slow, TestGraphs.OneThread);

        await CancelledRun.AssertStopsAsync(session, Cancel);
    }

    [Fact]
    public void Dispose_WhileOthersRun_WaitsForThemAndRefusesLaterRuns()
    {
        for (var round = 0; round < 20; round++)
        {
            var session = OnnxSession.Load(TestGraphs.AddOne, TestGraphs.OneThread);
            using var running = new Barrier(3);
            var ends = new Exception?[2];
            var threads = ends.Select((_, number) => new Thread(() => ends[number] = Record.Exception(RunForever))).ToList();
            threads.ForEach(thread => thread.Start());
            running.SignalAndWait(Cancel);

            session.Dispose();

            threads.ForEach(thread => thread.Join());
            Assert.All(ends, end => Assert.IsType<ObjectDisposedException>(end));

            void RunForever()
            {
                running.SignalAndWait(Cancel);
                TensorBinding input = new("x", new long[] { 1, 3, 4, 4 }, new float[48]), output = new("y", new long[] { 1, 3, 4, 4 }, new float[48]);
                while (true)
                {
                    session.Run([input], [output], Cancel);
                }
            }
        }
    }

    [Fact]
    public void Load_NoSuchFile_NamesIt()
    {
        var failure = Assert.Throws<InferenceException>(() => OnnxSession.Load("/nowhere/model.onnx", TestGraphs.OneThread));

        Assert.Equal("NoSuchFile", failure.Code);
        Assert.Contains("/nowhere/model.onnx", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsTransient);
    }

    [Fact]
    public void Load_NoGraph_IsRefused() =>
        Assert.Throws<InferenceException>(() => OnnxSession.Load("noise", new byte[] { 1, 2, 3, 4 }, TestGraphs.OneThread));

    [Fact]
    public void Load_UnknownProvider_SaysWhatThereIs()
    {
        var failure = Assert.Throws<MissingDependencyException>(
            () => OnnxSession.Load(TestGraphs.AddOne, new SessionSettings { Providers = [new("abacus")] }));

        Assert.Contains("abacus", failure.Message, StringComparison.Ordinal);
        Assert.Contains("CPUExecutionProvider", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Factory_ProviderMissing_FallsBackAndRemembersWhy()
    {
        var factory = TestGraphs.Factory(provider: "abacus");

        using var first = factory.Load(TestGraphs.AddOne);
        using var second = factory.Load(TestGraphs.AddOne);

        Assert.Equal((ExecutionProvider.Cpu, ExecutionProvider.Cpu), (first.Provider, second.Provider));
        Assert.Equal(("abacus", ExecutionProvider.Cpu, true), (factory.Selection.Requested, factory.Selection.Active, factory.Selection.FellBack));
    }

    [Fact]
    public void Factory_ProviderMissingWithoutFallback_Throws() =>
        Assert.Throws<MissingDependencyException>(() => TestGraphs.Factory(provider: "abacus", fallBack: false).Load(TestGraphs.AddOne));
}
