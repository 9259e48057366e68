using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace PoseFunctions.Inference.Tests.Providers;

/// <summary>What the settings may say, checked as a starting app does.</summary>
public sealed class InferenceValidationTests
{
    [Fact]
    public void Start_EverythingForAGpu_IsAccepted() => Start(
        ("Inference:Provider", "tensorrt"),
        ("Inference:ProviderSettings:trt_sparsity_enable", "1"),
        ("Inference:Cuda:DeviceId", "1"),
        ("Inference:Cuda:ConvolutionSearch", "exhaustive"),
        ("Inference:Cuda:Graphs", "true"),
        ("Inference:TensorRt:EngineCachePath", "/engines"),
        ("Inference:Precision", "auto"),
        ("Batching:FixedSizes", "1,4,8"));

    [Theory]
    [InlineData("Inference:Cuda:DeviceId", "-1", "DeviceId")]
    [InlineData("Inference:Cuda:MemoryLimit", "-1", "MemoryLimit")]
    [InlineData("Inference:Cuda:ArenaGrowth", "9", "ArenaGrowth")]
    [InlineData("Inference:TensorRt:OptimizationLevel", "6", "OptimizationLevel")]
    [InlineData("Inference:Precision", "Int8", "Precision")]
    [InlineData("Inference:MinimumPsnr", "-3", "MinimumPsnr")]
    [InlineData("Batching:FixedSizes", "1;4", "FixedSizes")]
    [InlineData("Batching:FixedSizes", "4,1,8", "must ascend")]
    [InlineData("Batching:FixedSizes", "1,4", "at least Batching:MaxBatchSize (8)")]
    [InlineData("Batching:FixedSizes", "8,99", "at most 64")]
    [InlineData("Inference:Cuda:Graphs", "true", "needs Batching:FixedSizes")]
    public void Start_SettingOutOfRange_IsRefusedByName(string setting, string value, string expected)
    {
        var failure = Assert.ThrowsAny<OptionsValidationException>(() => Start((setting, value)));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cuda", "use_tf23")]
    [InlineData("tensorrt", "use_tf32")]
    [InlineData("cpu", "device_id")]
    public void Start_SettingThatTheProviderDoesNotHave_IsRefusedByName(string provider, string setting)
    {
        var failure = Assert.Throws<OptionsValidationException>(
            () => Start(("Inference:Provider", provider), ($"Inference:ProviderSettings:{setting}", "1")));

        Assert.Contains($"{setting} is no setting of '{provider}'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Inference:Cuda:DeviceNumber")]
    [InlineData("Inference:Presicion")]
    [InlineData("Batching:FixedSize")]
    public void Start_UnknownSetting_IsRefusedByName(string setting)
    {
        var failure = Assert.ThrowsAny<InvalidOperationException>(() => Start((setting, "1")));

        Assert.Contains(setting.Split(':')[^1], failure.Message, StringComparison.Ordinal);
    }

    private static void Start(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build();
        using var services = new ServiceCollection().AddLogging().AddInference(configuration).BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate();
    }
}
