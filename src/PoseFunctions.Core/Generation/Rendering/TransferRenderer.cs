using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Generation.Composition;
using PoseFunctions.Core.Generation.Layouts;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Requests;
using PoseFunctions.Core.Running;
using PoseFunctions.Core.Telemetry;

namespace PoseFunctions.Core.Generation.Rendering;

/// <summary>Renders every target of a job: all of them at once, so that the generator can batch them.</summary>
public sealed partial class TransferRenderer(
    IImageCodec codec,
    IPersonParser parser,
    JobPhotos photos,
    PhotoLatents latents,
    TargetLayouts layouts,
    IResultStore results,
    IOptions<TransferOptions> options,
    TimeProvider clock,
    ILogger<TransferRenderer> logger) : IDisposable
{
    /// <summary>
    /// Who may hold an image of output size, which can have 50 MB: more of them than cores would take memory and save no time.
    /// </summary>
    private readonly SemaphoreSlim finishing = new(Environment.ProcessorCount);

    /// <summary>Generates, encodes and stores; returns the targets with their outcome. Refused targets do not fail the others.</summary>
    public async Task<RenderedTargets> RenderAsync(
        JobRecord job, ParsedPhoto parsed, IPoseGenerator generator, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(parsed);
        ArgumentNullException.ThrowIfNull(generator);
        var started = clock.GetTimestamp();
        using var source = FramedPhoto.Create(codec, parsed, generator.Manifest);
        using var scene = job.Scene is null
            ? null
            : FramedPhoto.Create(codec, await photos.SceneAsync(job, cancellationToken), generator.Manifest);
        var canvas = scene ?? source;
        var output = OutputSize(job.Request.Output, canvas.Photo.PhotoSize);
        using var background = job.Request.Output.KeepBackground ? await BackgroundAsync(job, output, cancellationToken) : null;
        var described = await DescribeAsync(job, source, scene, generator.Encoder, cancellationToken);
        var context = new Context(job, source, scene, canvas, described, output, background, generator);
        var outcomes = await Task.WhenAll(job.Targets.Select(target => RenderTargetAsync(context, target, cancellationToken)));
        var generated = clock.GetElapsedTime(started, outcomes.Max(outcome => outcome.GeneratedAt));
        return new([.. outcomes.Select(outcome => outcome.Target)], generated, clock.GetElapsedTime(started) - generated);
    }

    /// <inheritdoc/>
    public void Dispose() => finishing.Dispose();

    private async Task<(JobTarget Target, long GeneratedAt)> RenderTargetAsync(Context context, JobTarget target, CancellationToken cancellationToken)
    {
        if (target.State != TargetState.Pending)
        {
            return (target, clock.GetTimestamp());
        }

        try
        {
            var (file, inputHash, generatedAt) = await MakeFileAsync(context, target, cancellationToken);
            var result = await StoreAsync(context, target, file, inputHash, cancellationToken);
            return (target with { State = TargetState.Succeeded, Result = result }, generatedAt);
        }
        catch (RejectedException exception)
        {
            var failure = new JobFailure(exception.Code, exception.Message, Retryable: false);
            return (target with { State = TargetState.Failed, Failure = failure }, clock.GetTimestamp());
        }
    }

    /// <summary>The encoded result of a target. What would fail the same way again fails this target and no other.</summary>
    private async Task<(byte[] File, string InputHash, long GeneratedAt)> MakeFileAsync(Context context, JobTarget target, CancellationToken cancellationToken)
    {
        try
        {
            var input = await InputAsync(context, target, cancellationToken);
            using var generated = await GenerateAsync(context, target, input, cancellationToken);
            var generatedAt = clock.GetTimestamp();
            return (await EncodeAsync(context, generated, cancellationToken), InputHash.Of(context.Job, input, context.Scene?.Frame.Image, context.Output), generatedAt);
        }
        catch (PoseFunctionsException exception) when (exception is { IsTransient: false } and not RejectedException)
        {
            Log.TargetFailed(logger, exception, context.Job.Id, target.Index);
            throw new RejectedException(FailureCodes.GenerationFailed, "No image of this pose could be made from this photo.", exception);
        }
    }

    /// <summary>Latents of the source, before the scene's background where there is a scene; empty for generators without an encoder.</summary>
    private async Task<float[]> DescribeAsync(
        JobRecord job, FramedPhoto source, FramedPhoto? scene, ILatentEncoder? encoder, CancellationToken cancellationToken)
    {
        if (encoder is null)
        {
            return [];
        }

        var person = await LatentsAsync(JobPhotos.SourceKey(job), source);
        return scene is null
            ? person
            : [.. (await LatentsAsync(JobPhotos.SceneKey(job), scene)).AsSpan(0, encoder.BackgroundLength), .. person.AsSpan(encoder.BackgroundLength)];

        Task<float[]> LatentsAsync(ParsedPhotoKey key, FramedPhoto photo) => latents.GetAsync(
            key, encoder, wanted => encoder.EncodeAsync(photo.Frame.Image, photo.Labels, wanted), cancellationToken);
    }

    private async Task<GenerationInput> InputAsync(Context context, JobTarget target, CancellationToken cancellationToken)
    {
        var (source, job) = (context.Source, context.Job);
        var (pose, labels) = context.Scene is { } scene
            ? (scene.Pose, scene.Labels)
            : await layouts.FindAsync(job, target, source, context.Generator.Manifest, cancellationToken);
        return new(source.Frame.Image, source.Pose, pose)
        {
            SourceParsing = source.Labels,
            TargetParsing = labels,
            Latents = context.Latents,

            // Where nothing is drawn, no seed may tell apart inputs that are the same.
            Noise = GeneratorAbilities.Of(context.Generator.Manifest).IsStochastic ? new((ulong)job.Seed, (uint)target.Index) : default,
        };
    }

    private static async Task<RgbImage> GenerateAsync(
        Context context, JobTarget target, GenerationInput input, CancellationToken cancellationToken)
    {
        using var activity = PoseFunctionsTelemetry.Activities.StartActivity("generate");
        activity?.SetTag("job.target", target.Index);
        return await context.Generator.GenerateAsync(input, cancellationToken);
    }

    private async Task<byte[]> EncodeAsync(Context context, RgbImage generated, CancellationToken cancellationToken)
    {
        await finishing.WaitAsync(cancellationToken);
        try
        {
            using var image = context.Canvas.Frame.CutOut(codec, generated, context.Output);
            if (context.Background is { } background)
            {
                var after = await parser.ParseAsync(image, cancellationToken);
                BackgroundKeeper.Restore(image, after.Segmentation, background, context.Canvas.Photo.Person.Segmentation);
            }

            var output = context.Job.Request.Output;
            var manifest = context.Generator.Manifest;
            return codec.Encode(image, new(output.Format, output.Quality, new(manifest.Name, manifest.Version)));
        }
        finally
        {
            finishing.Release();
        }
    }

    private async Task<JobResult> StoreAsync(
        Context context, JobTarget target, byte[] file, string inputHash, CancellationToken cancellationToken)
    {
        using var activity = PoseFunctionsTelemetry.Activities.StartActivity("store");
        activity?.SetTag("job.target", target.Index);
        var format = context.Job.Request.Output.Format;
        var length = await results.WriteAsync(context.Job.Id, context.Job.Fence, target.Index, format, file, cancellationToken);
        var content = context.Canvas.Frame.ContentSize;
        return new(format, context.Output.Width, context.Output.Height, length, content.Width, content.Height, inputHash);
    }

    private async Task<RgbImage> BackgroundAsync(JobRecord job, ImageSize output, CancellationToken cancellationToken)
    {
        await using var photo = await photos.OpenCanvasAsync(job, cancellationToken);
        var bytes = new byte[photo.Length];
        await photo.Content.ReadExactlyAsync(bytes, cancellationToken);
        using var decoded = codec.Decode(bytes, output.LongSide);
        return codec.Resize(decoded, output);
    }

    private ImageSize OutputSize(OutputOptions output, ImageSize photo) =>
        photo.WithLongSide(output.LongSide ?? Math.Min(photo.LongSide, options.Value.DefaultLongSide));

    /// <param name="Job">The job.</param>
    /// <param name="Source">Its photo.</param>
    /// <param name="Scene">The photo whose scene the person is put into, or null.</param>
    /// <param name="Canvas">The photo whose picture is redrawn: the scene's, or the source's.</param>
    /// <param name="Latents">What the generator's encoder says of the photos.</param>
    /// <param name="Output">Size of the results.</param>
    /// <param name="Background">The canvas at that size where its background shall be kept, or null.</param>
    /// <param name="Generator">The generator.</param>
    private sealed record Context(
        JobRecord Job,
        FramedPhoto Source,
        FramedPhoto? Scene,
        FramedPhoto Canvas,
        float[] Latents,
        ImageSize Output,
        RgbImage? Background,
        IPoseGenerator Generator);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Target {Index} of job {JobId} cannot be generated; trying again would not help.")]
        public static partial void TargetFailed(ILogger logger, Exception exception, JobId jobId, int index);
    }
}
