using PoseFunctions.Core.Models;
using PoseFunctions.Inference.Variants;
using Xunit;

namespace PoseFunctions.Inference.Tests.Variants;

public sealed class VariantChooserTests : IDisposable
{
    private readonly BlendModel model = new();
    private readonly ModelManifest manifest;

    public VariantChooserTests() => manifest = model.Read() with
    {
        Variants =
        [
            Variant("fp16", psnr: 60, "cuda"),
            Variant("int8", psnr: 41, "avx512_vnni|avx_vnni"),
            Variant("rough", psnr: 30),
            Variant("bf16", psnr: 50, "avx512f", "avx512_bf16"),
        ],
    };

    [Theory]
    [InlineData("fp32", "avx512_vnni", "cpu", "fp32")]
    [InlineData("auto", "avx512_vnni", "cpu", "int8")]
    [InlineData("auto", "avx_vnni", "cpu", "int8")]
    [InlineData("auto", "avx512f avx512_bf16", "cpu", "bf16")] // 'rough' comes first, but is not alike enough
    [InlineData("auto", "avx512f", "cpu", "fp32")]
    [InlineData("auto", "avx512_vnni", "cuda", "fp16")]
    [InlineData("auto", "avx512_vnni", "tensorrt", "fp16")]
    [InlineData("rough", "", "cpu", "rough")]
    public void Choose_WhatTheMachineHas_IsTheFirstThatFits(string precision, string features, string provider, string expected)
    {
        var choice = Chooser(precision, features).Choose(manifest, provider);

        Assert.Equal((expected, null), (choice.Name, choice.Refusal));
    }

    [Theory]
    [InlineData("bf16", "avx512f", "cpu", "this processor lacks avx512_bf16")]
    [InlineData("int8", "avx2", "cpu", "this processor lacks avx512_vnni and avx_vnni")]
    [InlineData("int8", "avx512_vnni", "cuda", "it is made for the CPU and sessions run on 'cuda'")]
    [InlineData("fp16", "", "cpu", "it is made for NVIDIA GPUs and sessions run on 'cpu'")]
    [InlineData("int4", "", "cpu", "the model has no such variant")]
    public void Choose_NamedOneCannotRun_IsTheExactGraphAndSaysWhy(string precision, string features, string provider, string expected)
    {
        var choice = Chooser(precision, features).Choose(manifest, provider);

        Assert.Equal((ModelVariant.Exact, expected), (choice.Name, choice.Refusal));
    }

    [Fact]
    public void ReadFlags_ProcessorInformation_TakesTheFirstProcessors()
    {
        string[] lines = ["processor\t: 0", "flags\t\t: fpu avx2 avx512_vnni ", "", "processor\t: 1", "flags\t\t: fpu"];

        Assert.Equal(["fpu", "avx2", "avx512_vnni"], ProcessorFeatures.ReadFlags(lines));
        Assert.Empty(ProcessorFeatures.ReadFlags(["CPU implementer : 0x41"]));
    }

    [Fact]
    public void OfThisMachine_IntelOrAmd_AgreesWithTheRuntime() =>
        Assert.Equal(System.Runtime.Intrinsics.X86.Avx2.IsSupported, ProcessorFeatures.OfThisMachine.Has("avx2"));

    public void Dispose() => model.Dispose();

    private static VariantChooser Chooser(string precision, string features) => new(precision, minimumPsnr: 40, new(features.Split(' ')));

    private static ModelVariant Variant(string name, double psnr, params string[] requires) =>
        new() { Name = name, File = $"model.{name}.onnx", Sha256 = new('0', 64), Requires = requires, PsnrAgainstFp32 = psnr };
}
