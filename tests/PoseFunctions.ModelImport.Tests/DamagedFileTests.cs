using PoseFunctions.ModelImport.Tests.Support;
using PoseFunctions.ModelImport.Tflite;
using static PoseFunctions.ModelImport.Tests.Support.Parameter;

namespace PoseFunctions.ModelImport.Tests;

/// <summary>A damaged file is refused in our words, wherever the damage is.</summary>
public sealed class DamagedFileTests
{
    [Fact]
    public void Read_FileCutOffAnywhere_IsRefused()
    {
        var whole = SmallModel.Of(BuiltinOperator.Logistic, [1, 2], [1, 2]);

        for (var length = 0; length < whole.Length / 2; length++)
        {
            Assert.Throws<ModelImportException>(() => SmallModel.Convert(whole[..length]));
        }
    }

    [Fact]
    public void Read_AnyByteChanged_IsConvertedOrRefused()
    {
        var whole = SparseConvolution();

        for (var place = 0; place < whole.Length; place++)
        {
            foreach (var damage in new byte[] { 0x01, 0x40, 0x80, 0xFF })
            {
                var damaged = (byte[])whole.Clone();
                damaged[place] ^= damage;
                var failure = Record.Exception(() => SmallModel.Convert(damaged));
                Assert.True(failure is null or ModelImportException, $"byte {place} changed by {damage}: {failure}");
            }
        }
    }

    [Fact]
    public void Read_OtherFile_IsNoModel() => Assert.Equal(
        "The file is no TensorFlow Lite model, or it is damaged.", Assert.Throws<ModelImportException>(() => TfliteReader.Read("PK\u0003\u0004 something else"u8.ToArray())).Message);

    [Fact]
    public void Read_ConstantShorterThanItsShape_SaysSo()
    {
        var model = SmallModel.Of(BuiltinOperator.Add, [1, 3], [1, 3], file => [file.Constant([3], 1, 2)]);

        Assert.Contains("has 8 bytes", Assert.Throws<ModelImportException>(() => TfliteReader.Read(model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_QuantizedWeights_SaysWhatIsRead()
    {
        var model = SmallModel.Of(BuiltinOperator.Add, [1, 3], [1, 3], file => [file.Raw((TfliteType)9, [3], [1, 2, 3])]);

        Assert.Contains("float32, float16 and int32 are read", Assert.Throws<ModelImportException>(() => TfliteReader.Read(model)).Message, StringComparison.Ordinal);
    }

    private static byte[] SparseConvolution()
    {
        var model = new TfliteBuilder();
        var (input, output) = (model.Tensor(SmallModel.Input, 1, 1, 1, 2), model.Tensor(SmallModel.Output, 1, 1, 1, 4));
        var layout = model.Sparsity([0, 1, 2, 3], [], (4, null, null), (1, null, null), (1, null, null), (0, [0, 1, 2, 2, 4], [1, 0, 0, 1]));
        var weights = model.Raw(TfliteType.Float32, [4, 1, 1, 2], ConstantTensor.ToBytes<float>([5, 6, 7, 8]), layout);
        model.Operator(BuiltinOperator.Conv2D, [input, weights], [output], Byte(0, 1), Number(1, 1), Number(2, 1));
        return model.Build([input], [output]);
    }
}
