using System.Collections.Frozen;
using System.Globalization;

namespace PoseFunctions.Inference.Providers;

/// <summary>Turns our options into the settings that the library's providers take, as strings by name.</summary>
internal static class ProviderSettings
{
    /// <summary>Every setting of the CUDA provider that a text can express.</summary>
    public static readonly FrozenSet<string> KnownToCuda = FrozenSet.Create(
        StringComparer.Ordinal,
        "device_id", "gpu_mem_limit", "arena_extend_strategy", "cudnn_conv_algo_search", "cudnn_conv_use_max_workspace",
        "cudnn_conv1d_pad_to_nc1d", "do_copy_in_default_stream", "enable_cuda_graph", "enable_skip_layer_norm_strict_mode",
        "fuse_conv_bias", "prefer_nhwc", "sdpa_kernel", "tunable_op_enable", "tunable_op_tuning_enable",
        "tunable_op_max_tuning_duration_ms", "use_ep_level_unified_stream", "use_tf32");

    /// <summary>Every setting of the TensorRT provider that a text can express.</summary>
    public static readonly FrozenSet<string> KnownToTensorRt = FrozenSet.Create(
        StringComparer.Ordinal,
        "device_id", "trt_auxiliary_streams", "trt_build_heuristics_enable", "trt_builder_optimization_level",
        "trt_context_memory_sharing_enable", "trt_cuda_graph_enable", "trt_detailed_build_log", "trt_dla_core", "trt_dla_enable",
        "trt_dump_subgraphs", "trt_engine_cache_enable", "trt_engine_cache_path", "trt_engine_cache_prefix",
        "trt_engine_decryption_enable", "trt_engine_decryption_lib_path", "trt_extra_plugin_lib_paths",
        "trt_force_sequential_engine_build", "trt_force_timing_cache", "trt_fp16_enable", "trt_int8_calibration_table_name",
        "trt_int8_enable", "trt_int8_use_native_calibration_table", "trt_layer_norm_fp32_fallback", "trt_max_partition_iterations",
        "trt_max_workspace_size", "trt_min_subgraph_size", "trt_profile_max_shapes", "trt_profile_min_shapes",
        "trt_profile_opt_shapes", "trt_sparsity_enable", "trt_tactic_sources", "trt_timing_cache_enable", "trt_timing_cache_path");

    public static Dictionary<string, string> Of(CudaOptions options)
    {
        var settings = new Dictionary<string, string>
        {
            ["device_id"] = Number(options.DeviceId),
            ["arena_extend_strategy"] = options.ArenaGrowth == ArenaGrowth.NextPowerOfTwo ? "kNextPowerOfTwo" : "kSameAsRequested",
            ["cudnn_conv_algo_search"] = options.ConvolutionSearch.ToString().ToUpperInvariant(),
            ["cudnn_conv_use_max_workspace"] = Switch(options.LargeConvolutionWorkspace),
            ["do_copy_in_default_stream"] = Switch(options.CopyInDefaultStream),
            ["use_tf32"] = Switch(options.Tf32),
            ["prefer_nhwc"] = Switch(options.ChannelsLast),
            ["enable_cuda_graph"] = Switch(options.Graphs),
        };
        AddUnlessZero(settings, "gpu_mem_limit", options.MemoryLimit);
        return settings;
    }

    /// <param name="options">How engines are built and kept.</param>
    /// <param name="cuda">Which GPU, and whether runs are recorded.</param>
    /// <param name="profile">The shapes that one engine shall serve; <see langword="null"/> builds one for every shape that comes.</param>
    public static Dictionary<string, string> Of(TensorRtOptions options, CudaOptions cuda, ShapeProfile? profile)
    {
        var settings = new Dictionary<string, string>
        {
            ["device_id"] = Number(cuda.DeviceId),
            ["trt_fp16_enable"] = Switch(options.Fp16),
            ["trt_builder_optimization_level"] = Number(options.OptimizationLevel),
            ["trt_cuda_graph_enable"] = Switch(cuda.Graphs),
        };
        AddUnlessZero(settings, "trt_max_workspace_size", options.WorkspaceLimit);
        AddCache(settings, "trt_engine_cache", options.EngineCachePath);
        AddCache(settings, "trt_timing_cache", options.TimingCachePath);
        if (profile is not null)
        {
            settings["trt_profile_min_shapes"] = profile.Smallest;
            settings["trt_profile_opt_shapes"] = profile.Largest;
            settings["trt_profile_max_shapes"] = profile.Largest;
        }

        return settings;
    }

    private static void AddCache(Dictionary<string, string> settings, string name, string path)
    {
        settings[$"{name}_enable"] = Switch(path.Length > 0);
        if (path.Length > 0)
        {
            settings[$"{name}_path"] = path;
        }
    }

    private static void AddUnlessZero(Dictionary<string, string> settings, string name, long value)
    {
        if (value > 0)
        {
            settings[name] = Number(value);
        }
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Switch(bool on) => on ? "1" : "0";
}
