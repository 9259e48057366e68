using System.Diagnostics;
using PoseFunctions.Core.Generation;
using PoseFunctions.Core.Models;

namespace PoseFunctions.Benchmarks.Transfers;

/// <summary>A generator that tells how long its last call took; for one caller at a time.</summary>
internal sealed class TimedGenerator(IPoseGenerator generator) : IPoseGenerator
{
    /// <inheritdoc/>
    public ModelManifest Manifest => generator.Manifest;

    /// <inheritdoc/>
    public string ModelHash => generator.ModelHash;

    /// <inheritdoc/>
    public string Variant => generator.Variant;

    /// <inheritdoc/>
    public ILatentEncoder? Encoder => generator.Encoder;

    /// <summary>Milliseconds of the last call.</summary>
    public double Generate { get; private set; }

    /// <inheritdoc/>
    public async Task<GeneratedPerson> GenerateAsync(GenerationInput input, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var generated = await generator.GenerateAsync(input, cancellationToken);
        Generate = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return generated;
    }
}
