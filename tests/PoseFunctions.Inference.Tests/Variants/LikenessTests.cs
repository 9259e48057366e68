using System.Text.Json;
using PoseFunctions.Core.Models;
using PoseFunctions.Testing;
using Xunit;

namespace PoseFunctions.Inference.Tests.Variants;

/// <summary>The measure that manifests state variants by.</summary>
public sealed class LikenessTests
{
    [Fact]
    public void Psnr_ImageOffByOneStepOf255_Is48Decibels()
    {
        var image = Tensor(std: [127.5f, 127.5f, 127.5f]);
        float[] exact = [0, 0, 0, 0, 0, 0], found = [.. exact.Select(_ => 1 / 127.5f)];

        Assert.Equal(20 * Math.Log10(255), Psnr(image, exact, found), precision: 4);
    }

    [Fact]
    public void Psnr_ChannelsOfOwnScale_AreEachBroughtTo8Bits()
    {
        var image = Tensor(std: [1, 10, 100]);
        float[] exact = [0, 0, 0, 0, 0, 0], found = [1, 1, 0.1f, 0.1f, 0.01f, 0.01f];

        Assert.Equal(20 * Math.Log10(255), Psnr(image, exact, found), precision: 4);
    }

    [Fact]
    public void Psnr_OtherTensor_TakesTheLargestValueForItsPeak()
    {
        float[] exact = [8, -2, 0, 0, 0, 0], found = [8, -2, 0, 0, 0, MathF.Sqrt(6)];

        Assert.Equal(20 * Math.Log10(8), Psnr(Tensor(std: null), exact, found), precision: 4);
    }

    private static double Psnr(TensorSpecification output, float[] exact, float[] found) => Likeness.Psnr(
        [output], new Dictionary<string, float[]> { ["y"] = exact }, new Dictionary<string, float[]> { ["y"] = found });

    /// <summary>Three channels of one row and two columns.</summary>
    private static TensorSpecification Tensor(float[]? std) => new()
    {
        Name = "y",
        Role = "generatedImage",
        Type = "float32",
        Shape = [.. JsonDocument.Parse("""["batch", 3, 1, 2]""").RootElement.EnumerateArray()],
        Std = std,
    };
}
