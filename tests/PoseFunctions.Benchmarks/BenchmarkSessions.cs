using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Models;
using PoseFunctions.Inference.Batching;
using PoseFunctions.Inference.Sessions;

namespace PoseFunctions.Benchmarks;

/// <summary>Sessions as a benchmark wants them: alone on the machine, so that idle threads may spin.</summary>
internal static class BenchmarkSessions
{
    public static SessionFactory Factory(int threads, string precision = ModelVariant.Exact) => new(
        Options.Create(new InferenceOptions { IntraOpThreads = threads, AllowSpinning = true, Precision = precision }),
        Options.Create(new BatchingOptions()),
        NullLogger<SessionFactory>.Instance);
}
