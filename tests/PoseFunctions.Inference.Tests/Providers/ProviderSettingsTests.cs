using PoseFunctions.Inference.Batching;
using PoseFunctions.Inference.Providers;
using Xunit;

namespace PoseFunctions.Inference.Tests.Providers;

public sealed class ProviderSettingsTests
{
    [Fact]
    public void Of_DefaultCudaOptions_KeepsFp32ExactAndMemoryFrugal() => Assert.Equal(
        new Dictionary<string, string>
        {
            ["device_id"] = "0",
            ["arena_extend_strategy"] = "kSameAsRequested",
            ["cudnn_conv_algo_search"] = "HEURISTIC",
            ["cudnn_conv_use_max_workspace"] = "1",
            ["do_copy_in_default_stream"] = "1",
            ["use_tf32"] = "0",
            ["prefer_nhwc"] = "0",
            ["enable_cuda_graph"] = "0",
        },
        ProviderSettings.Of(new CudaOptions()));

    [Fact]
    public void Of_OtherCudaOptions_SpellsEachAsTheLibraryDoes() => Assert.Equal(
        new Dictionary<string, string>
        {
            ["device_id"] = "3",
            ["gpu_mem_limit"] = "8589934592",
            ["arena_extend_strategy"] = "kNextPowerOfTwo",
            ["cudnn_conv_algo_search"] = "EXHAUSTIVE",
            ["cudnn_conv_use_max_workspace"] = "0",
            ["do_copy_in_default_stream"] = "0",
            ["use_tf32"] = "1",
            ["prefer_nhwc"] = "1",
            ["enable_cuda_graph"] = "1",
        },
        ProviderSettings.Of(new CudaOptions
        {
            DeviceId = 3,
            MemoryLimit = 8L << 30,
            ArenaGrowth = ArenaGrowth.NextPowerOfTwo,
            ConvolutionSearch = ConvolutionSearch.Exhaustive,
            LargeConvolutionWorkspace = false,
            CopyInDefaultStream = false,
            Tf32 = true,
            ChannelsLast = true,
            Graphs = true,
        }));

    [Fact]
    public void Of_TensorRtOptions_NamesCachesAndProfile() => Assert.Equal(
        new Dictionary<string, string>
        {
            ["device_id"] = "1",
            ["trt_fp16_enable"] = "1",
            ["trt_builder_optimization_level"] = "5",
            ["trt_cuda_graph_enable"] = "0",
            ["trt_max_workspace_size"] = "1024",
            ["trt_engine_cache_enable"] = "1",
            ["trt_engine_cache_path"] = "/engines",
            ["trt_timing_cache_enable"] = "1",
            ["trt_timing_cache_path"] = "/timings",
            ["trt_profile_min_shapes"] = "a:1x3",
            ["trt_profile_opt_shapes"] = "a:8x3",
            ["trt_profile_max_shapes"] = "a:8x3",
        },
        ProviderSettings.Of(
            new TensorRtOptions { EngineCachePath = "/engines", TimingCachePath = "/timings", Fp16 = true, WorkspaceLimit = 1024, OptimizationLevel = 5 },
            new CudaOptions { DeviceId = 1 },
            new("a:1x3", "a:8x3")));

    [Fact]
    public void Of_TensorRtWithoutCaches_KeepsNone()
    {
        var settings = ProviderSettings.Of(new TensorRtOptions(), new CudaOptions(), profile: null);

        Assert.Equal(("0", "0"), (settings["trt_engine_cache_enable"], settings["trt_timing_cache_enable"]));
        Assert.DoesNotContain(settings.Keys, name => name.EndsWith("_path", StringComparison.Ordinal) || name.Contains("profile", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_EverySetting_IsOneThatTheProviderKnows()
    {
        Assert.Subset(ProviderSettings.KnownToCuda.ToHashSet(), ProviderSettings.Of(new CudaOptions { MemoryLimit = 1 }).Keys.ToHashSet());
        Assert.Subset(
            ProviderSettings.KnownToTensorRt.ToHashSet(),
            ProviderSettings.Of(
                new TensorRtOptions { EngineCachePath = "e", TimingCachePath = "t", WorkspaceLimit = 1 }, new CudaOptions(), new("a:1", "a:2")).Keys.ToHashSet());
    }

    [Fact]
    public void Profile_OfAModel_SpansOneItemToTheLargestBatch()
    {
        using var model = new BlendModel();

        var profile = ShapeProfile.Of(model.Read(), BatchSizes.Of(model.Read(), new() { MaxBatchSize = 6, FixedSizes = "1,4,8" }));

        Assert.Equal("source_image:1x3x4x4,source_pose:1x18x4x4,target_pose:1x18x4x4", profile.Smallest);
        Assert.Equal("source_image:8x3x4x4,source_pose:8x18x4x4,target_pose:8x18x4x4", profile.Largest);
    }
}
