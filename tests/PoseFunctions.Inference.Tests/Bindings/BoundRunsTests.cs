using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using PoseFunctions.Inference.Bindings;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Sessions;
using PoseFunctions.Testing;
using Xunit;

namespace PoseFunctions.Inference.Tests.Bindings;

/// <summary>Runs on tensors that stay on the device, here the memory of the host.</summary>
public sealed class BoundRunsTests
{
    private static readonly SessionSettings Bound = TestGraphs.OneThread with { BoundBatchSizes = [1, 4] };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Run_AnyBatchSize_GivesTheSameAsWithoutBinding(int batch)
    {
        using var bound = OnnxSession.Load(TestGraphs.AddOne, Bound);
        using var plain = OnnxSession.Load(TestGraphs.AddOne, TestGraphs.OneThread);
        for (var run = 0; run < 3; run++)
        {
            var values = Enumerable.Range(0, batch * 48).Select(i => (i + run) / 7f).ToArray();
            Assert.Equal(AddOne(plain, batch, values), AddOne(bound, batch, values));
        }
    }

    [Fact]
    public void Run_SizesInTurn_KeepTensorsOfTheirOwn()
    {
        using var session = OnnxSession.Load(TestGraphs.AddOne, Bound);
        foreach (var batch in new[] { 4, 1, 4, 1 })
        {
            var values = Enumerable.Range(0, batch * 48).Select(i => (float)(i * batch)).ToArray();
            Assert.Equal(values.Select(value => value + 1), AddOne(session, batch, values));
        }

        Assert.Equal([1, 4], session.BoundSizes.Order());
    }

    [Fact]
    public void Run_SizeThatIsNotBound_BindsNothing()
    {
        using var session = OnnxSession.Load(TestGraphs.AddOne, Bound);

        AddOne(session, 3, new float[144]);

        Assert.Empty(session.BoundSizes);
    }

    [Fact]
    public void Run_ShippedGenerator_IsBitIdentical()
    {
        var folder = RepositoryRoot.Combine("models", "xinggan");
        Assert.SkipUnless(Directory.Exists(folder), "There is no models/xinggan.");
        var manifest = ManifestReader.Read(folder);
        var path = Path.Combine(folder, manifest.File);
        using var bound = OnnxSession.Load(path, Bound);
        using var plain = OnnxSession.Load(path, TestGraphs.OneThread);

        Assert.Equal(Generate(plain), Generate(bound));

        byte[] Generate(OnnxSession session)
        {
            var random = new Random(4);
            TensorBinding[] inputs = [.. manifest.Inputs.Select(tensor => new TensorBinding(
                tensor.Name, tensor.ForBatch(1), Enumerable.Range(0, tensor.ItemElements()).Select(_ => random.NextSingle()).ToArray()))];
            TensorBinding[] outputs = [.. manifest.Outputs.Select(tensor => new TensorBinding(tensor.Name, tensor.ForBatch(1), new float[tensor.ItemElements()]))];
            session.Run(inputs, outputs, Cancel);
            return MemoryMarshal.AsBytes(outputs[0].Data.Span).ToArray();
        }
    }

    [Fact]
    public void Run_WrongShape_ThrowsTheNativeMessage()
    {
        using var session = OnnxSession.Load(TestGraphs.AddOne, Bound);

        var failure = Assert.Throws<InferenceException>(() => session.Run(
            [new("x", new long[] { 1, 3, 4, 5 }, new float[60])], [new("y", new long[] { 1, 3, 4, 5 }, new float[60])], Cancel));

        Assert.Contains("invalid dimensions", failure.NativeMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CancelledOnTheWay_StopsAndRunsAgain()
    {
        using var session = OnnxSession.Load(TestGraphs.Slow, TestGraphs.OneThread with { BoundBatchSizes = [64] });

        await CancelledRun.AssertStopsAsync(session, Cancel);
    }

    [Fact]
    public void Run_NumberOfACudaGraphOnTheCpu_IsTakenAndMeansNothing()
    {
        using var session = OnnxSession.Load(TestGraphs.AddOne, Bound with { Graphs = true });

        Assert.Equal(1, AddOne(session, 1, new float[48])[0]);
        Assert.Equal(1, AddOne(session, 3, new float[144])[0]);
    }

    [Fact]
    public void MemoryInfo_OfAGpu_CanBeNamedWithoutOne()
    {
        using var gpu = DeviceMemory.OfGpu(3);

        Assert.Equal((OrtMemoryInfoDeviceType.GPU, 3), (gpu.GetDeviceType(), gpu.Id));
    }

    [Fact]
    public void Memory_OfAGpuThatIsNotThere_SaysWhichLibraryIsMissing()
    {
        _ = OnnxEnvironment.Shared;
        using var session = new InferenceSession(TestGraphs.AddOne);

        var failure = Assert.Throws<OnnxRuntimeException>(() => new DeviceMemory(session, "cuda", 0));

        Assert.Contains("libonnxruntime_providers_cuda.so", failure.Message, StringComparison.Ordinal);
    }

    private static float[] AddOne(OnnxSession session, int batch, float[] values)
    {
        var output = new float[values.Length];
        session.Run([new("x", new long[] { batch, 3, 4, 4 }, values)], [new("y", new long[] { batch, 3, 4, 4 }, output)], Cancel);
        return output;
    }
}
