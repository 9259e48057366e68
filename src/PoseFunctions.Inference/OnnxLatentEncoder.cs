using System.Security.Cryptography;
using System.Text;
using PoseFunctions.Core.Generation;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Models;
using PoseFunctions.Core.People;
using PoseFunctions.Inference.Batching;
using PoseFunctions.Inference.Manifests;
using PoseFunctions.Inference.Sessions;
using PoseFunctions.Inference.Tensors;

namespace PoseFunctions.Inference;

/// <summary>The encoder graph of a generator that comes as two.</summary>
public sealed class OnnxLatentEncoder : ILatentEncoder, IAsyncDisposable
{
    private readonly GraphRun graph;
    private readonly DynamicBatcher<(RgbImage Image, LabelMap? Parsing), float[]> batcher;
    private readonly PixelNormalizer pixels;

    /// <param name="model">The encoder's session, loaded by <see cref="ManifestShape.EncoderManifest"/>; disposed with this.</param>
    /// <param name="generator">The manifest that the encoder belongs to.</param>
    /// <param name="batching">Sizes and delay.</param>
    /// <param name="clock">Measures the batch window.</param>
    public OnnxLatentEncoder(ModelSession model, ModelManifest generator, BatchingOptions batching, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(generator);
        graph = new(model, BatchSizes.Of(model.Manifest, batching));
        var image = model.Manifest.Inputs.WithRole(TensorRoles.SourceImage);
        pixels = new(image.Mean!, image.Std!);
        var latents = model.Manifest.Outputs.WithRole(TensorRoles.Latents);
        Length = latents.ItemElements();
        BackgroundLength = generator.Encoder!.BackgroundLatents * (int)latents.Axes()[2].Size;
        Hash = HashOf(model);
        batcher = graph.Batcher<(RgbImage, LabelMap?), float[]>($"{generator.Name}-encoder", batching, Encode, clock);
    }

    /// <inheritdoc/>
    /// <remarks>Over the graph and over what its labels merge, because both decide what the latents of a photo are.</remarks>
    public string Hash { get; }

    /// <inheritdoc/>
    public int Length { get; }

    /// <inheritdoc/>
    public int BackgroundLength { get; }

    /// <inheritdoc/>
    public Task<float[]> EncodeAsync(RgbImage image, LabelMap? parsing, CancellationToken cancellationToken) =>
        batcher.RunAsync((image, parsing), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await batcher.DisposeAsync().ConfigureAwait(false);
        graph.Dispose();
    }

    private static string HashOf(ModelSession model)
    {
        var encoder = model.Manifest;
        var labels = (encoder.Labels ?? []).Select(label => $"{label}={string.Join(',', encoder.LabelMapping?.GetValueOrDefault(label) ?? [])}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{model.GraphSha256} {string.Join(' ', labels)}")));
    }

    private float[][] Encode(IReadOnlyList<(RgbImage Image, LabelMap? Parsing)> photos, CancellationToken cancellationToken) => graph.Run(
        photos.Count,
        (item, input, values) =>
        {
            if (input.Role == TensorRoles.SourceImage)
            {
                pixels.Normalize(photos[item].Image.Pixels, values);
            }
            else
            {
                OneHot.Write(photos[item].Parsing!, values);
            }
        },
        outputOf => outputOf(graph.Manifest.Outputs[0]).ToArray(),
        cancellationToken);
}
