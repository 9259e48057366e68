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
    JobPhotos photos,
    CanvasPainter canvases,
    PersonOutline outlines,
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
        var output = OutputSize(job.Request.Output, (scene ?? source).Photo.PhotoSize);
        var tellsFlow = GeneratorAbilities.Of(generator.Manifest).TellsFlow;
        using var canvas = await canvases.PrepareAsync(job, source, scene, output, tellsFlow, cancellationToken);
        var described = await DescribeAsync(job, source, scene, generator.Encoder, cancellationToken);
        var context = new Context(job, source, scene, described, output, canvas, generator);
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
            var (made, generatedAt) = await MakeAsync(context, target, cancellationToken);
            var result = await StoreAsync(context, target, made, cancellationToken);
            return (target with { State = TargetState.Succeeded, Result = result }, generatedAt);
        }
        catch (RejectedException exception)
        {
            var failure = new JobFailure(exception.Code, exception.Message, Retryable: false);
            return (target with { State = TargetState.Failed, Failure = failure }, clock.GetTimestamp());
        }
    }

    /// <summary>The encoded result of a target. What would fail the same way again fails this target and no other.</summary>
    private async Task<(MadeResult Result, long GeneratedAt)> MakeAsync(Context context, JobTarget target, CancellationToken cancellationToken)
    {
        try
        {
            var layout = context.Scene is { } scene
                ? new TargetLayout(scene.Placement, scene.Pose, scene.Labels)
                : await layouts.FindAsync(context.Job, target, context.Source, context.Generator.Manifest, cancellationToken);
            var input = InputOf(context, target, layout);
            using var generated = await GenerateAsync(context, target, input, cancellationToken);
            var generatedAt = clock.GetTimestamp();
            var coverage = generated.Flow is { } flow ? Coverage.Of(flow, layout.Placement, context.Painted.Photo.PhotoSize) : (double?)null;
            RequireCoverage(context.Job.Request, coverage);
            var file = await FinishAsync(context, layout, generated, cancellationToken);
            return (new(file, InputHash.Of(context.Job, input, layout.Placement, context.Output), ContentSize(context, layout, generated), coverage), generatedAt);
        }
        catch (PoseFunctionsException exception) when (exception is { IsTransient: false } and not RejectedException)
        {
            Log.TargetFailed(logger, exception, context.Job.Id, target.Index);
            throw new RejectedException(FailureCodes.GenerationFailed, "No image of this pose could be made from this photo.", exception);
        }
    }

    private static void RequireCoverage(TransferRequest request, double? coverage)
    {
        if (coverage < request.MinCoverage)
        {
            throw new RejectedException(
                FailureCodes.CoverageTooLow,
                FormattableString.Invariant($"The photo shows {coverage:P0} of the person in this pose; the request wants {request.MinCoverage:P0}."));
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
            key, encoder, wanted => encoder.EncodeAsync(photo.Image, photo.Labels, wanted), cancellationToken);
    }

    private static GenerationInput InputOf(Context context, JobTarget target, TargetLayout layout) =>
        new(context.Source.Image, context.Source.Pose, layout.Pose)
        {
            SourceParsing = context.Source.Labels,
            TargetParsing = layout.Labels,
            Latents = context.Latents,

            // Where nothing is drawn, no seed may tell apart inputs that are the same.
            Noise = GeneratorAbilities.Of(context.Generator.Manifest).IsStochastic ? new((ulong)context.Job.Seed, (uint)target.Index) : default,
        };

    private static async Task<GeneratedPerson> GenerateAsync(
        Context context, JobTarget target, GenerationInput input, CancellationToken cancellationToken)
    {
        using var activity = PoseFunctionsTelemetry.Activities.StartActivity("generate");
        activity?.SetTag("job.target", target.Index);
        return await context.Generator.GenerateAsync(input, cancellationToken);
    }

    /// <summary>Lays the person over the canvas, and encodes what comes of it.</summary>
    private async Task<byte[]> FinishAsync(Context context, TargetLayout layout, GeneratedPerson generated, CancellationToken cancellationToken)
    {
        await finishing.WaitAsync(cancellationToken);
        try
        {
            var layer = await LayerAsync(context, layout, generated, cancellationToken);
            using var image = context.Canvas.Background.Copy();
            var options = context.Job.Request.Output;
            var opacity = options.Background == BackgroundOption.Transparent ? new byte[image.Size.Pixels] : null;
            PersonPainter.Paint(image, context.Painted.Photo.PhotoSize, layer, opacity);
            var manifest = context.Generator.Manifest;
            return codec.Encode(image, new(options.Format, options.Quality, new(manifest.Name, manifest.Version), opacity));
        }
        finally
        {
            finishing.Release();
        }
    }

    private async Task<PersonLayer> LayerAsync(Context context, TargetLayout layout, GeneratedPerson generated, CancellationToken cancellationToken) =>
        generated.Flow is { } flow
            ? new(
                generated.Image,
                layout.Placement,
                flow.Person,
                flow.Size,
                new(flow, context.Source.Placement, context.Canvas.Photo!, context.Source.Photo))
            : new(
                generated.Image,
                layout.Placement,
                await outlines.FindAsync(generated.Image, layout.Pose, cancellationToken),
                generated.Image.Size,
                Detail: null);

    private async Task<JobResult> StoreAsync(Context context, JobTarget target, MadeResult made, CancellationToken cancellationToken)
    {
        using var activity = PoseFunctionsTelemetry.Activities.StartActivity("store");
        activity?.SetTag("job.target", target.Index);
        var format = context.Job.Request.Output.Format;
        var length = await results.WriteAsync(context.Job.Id, context.Job.Fence, target.Index, format, made.File, cancellationToken);
        return new(
            format, context.Output.Width, context.Output.Height, length, made.Native.Width, made.Native.Height, made.InputHash, made.Coverage);
    }

    /// <summary>
    /// Up to which size of the whole result there is real detail: the generator's own resolution, or the photo's where its pixels are
    /// carried over; never more than the result has.
    /// </summary>
    private static ImageSize ContentSize(Context context, TargetLayout layout, GeneratedPerson generated)
    {
        var photo = context.Painted.Photo.PhotoSize;
        var longSide = generated.Flow is null
            ? (int)Math.Round(photo.LongSide * layout.Placement.Frame.Width / layout.Placement.Window.Width)
            : photo.LongSide;
        return context.Output.WithLongSide(Math.Clamp(longSide, 1, context.Output.LongSide));
    }

    private ImageSize OutputSize(OutputOptions output, ImageSize photo) =>
        photo.WithLongSide(output.LongSide ?? Math.Min(photo.LongSide, options.Value.DefaultLongSide));

    /// <param name="Job">The job.</param>
    /// <param name="Source">Its photo.</param>
    /// <param name="Scene">The photo whose scene the person is put into, or null.</param>
    /// <param name="Latents">What the generator's encoder says of the photos.</param>
    /// <param name="Output">Size of the results.</param>
    /// <param name="Canvas">What the results are painted on.</param>
    /// <param name="Generator">The generator.</param>
    private sealed record Context(
        JobRecord Job, FramedPhoto Source, FramedPhoto? Scene, float[] Latents, ImageSize Output, JobCanvas Canvas, IPoseGenerator Generator)
    {
        /// <summary>The photo whose picture is redrawn.</summary>
        public FramedPhoto Painted => Scene ?? Source;
    }

    /// <param name="File">The encoded result.</param>
    /// <param name="InputHash">Over what determined it.</param>
    /// <param name="Native">Up to which size there is real detail.</param>
    /// <param name="Coverage">Share of the person that the photo showed.</param>
    private sealed record MadeResult(byte[] File, string InputHash, ImageSize Native, double? Coverage);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Target {Index} of job {JobId} cannot be generated; trying again would not help.")]
        public static partial void TargetFailed(ILogger logger, Exception exception, JobId jobId, int index);
    }
}
