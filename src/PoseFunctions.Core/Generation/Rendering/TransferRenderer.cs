using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Generation.Composition;
using PoseFunctions.Core.Generation.Views;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Requests;
using PoseFunctions.Core.Running;
using PoseFunctions.Core.Telemetry;

namespace PoseFunctions.Core.Generation.Rendering;

/// <summary>
/// Renders every target of a job: all of them at once, so that the generator can batch them. Reads what they have in common, and
/// has each generated, painted and stored.
/// </summary>
public sealed partial class TransferRenderer(
    IImageCodec codec,
    JobPhotos photos,
    ViewReader views,
    ViewLatents latents,
    CanvasPainter canvases,
    ViewGeneration generation,
    ResultPainter painter,
    IResultStore results,
    IOptions<TransferOptions> options,
    TimeProvider clock,
    ILogger<TransferRenderer> logger)
{
    /// <summary>Generates, encodes and stores; returns the targets with their outcome. Refused targets do not fail the others.</summary>
    public async Task<RenderedTargets> RenderAsync(
        JobRecord job, ParsedPhoto parsed, IPoseGenerator generator, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(parsed);
        ArgumentNullException.ThrowIfNull(generator);
        var started = clock.GetTimestamp();
        using var people = await views.ReadAsync(job, parsed, generator.Manifest, cancellationToken);
        using var scene = job.Scene is null
            ? null
            : FramedPhoto.Create(codec, await photos.SceneAsync(job, cancellationToken), generator.Manifest);
        var output = OutputSize(job.Request.Output, (scene ?? people.First.Frame).Photo.PhotoSize);
        var tellsFlow = GeneratorAbilities.Of(generator.Manifest).TellsFlow;
        using var canvas = await canvases.PrepareAsync(job, people, scene, output, tellsFlow, cancellationToken);
        var described = await Task.WhenAll(people.All.Select(view => latents.DescribeAsync(job, view, scene, generator.Encoder, cancellationToken)));
        var rendering = new JobRendering(job, people, scene, described, output, canvas, generator);
        var outcomes = await Task.WhenAll(job.Targets.Select(target => RenderTargetAsync(rendering, target, cancellationToken)));
        var generated = clock.GetElapsedTime(started, outcomes.Max(outcome => outcome.GeneratedAt));
        return new([.. outcomes.Select(outcome => outcome.Target)], generated, clock.GetElapsedTime(started) - generated);
    }

    private async Task<(JobTarget Target, long GeneratedAt)> RenderTargetAsync(
        JobRendering rendering, JobTarget target, CancellationToken cancellationToken)
    {
        if (target.State != TargetState.Pending)
        {
            return (target, clock.GetTimestamp());
        }

        try
        {
            var (made, generatedAt) = await MakeAsync(rendering, target, cancellationToken);
            var result = await StoreAsync(rendering, target, made, cancellationToken);
            return (target with { State = TargetState.Succeeded, Result = result }, generatedAt);
        }
        catch (RejectedException exception)
        {
            var failure = new JobFailure(exception.Code, exception.Message, Retryable: false);
            return (target with { State = TargetState.Failed, Failure = failure }, clock.GetTimestamp());
        }
    }

    /// <summary>The encoded result of a target. What would fail the same way again fails this target and no other.</summary>
    private async Task<(MadeResult Result, long GeneratedAt)> MakeAsync(
        JobRendering rendering, JobTarget target, CancellationToken cancellationToken)
    {
        try
        {
            using var generated = await generation.GenerateAsync(rendering, target, cancellationToken);
            var generatedAt = clock.GetTimestamp();
            var placement = generated.Layout.Placement;
            var coverage = generated.Blend is { } blend ? Coverage.Of(blend.Surface, placement, rendering.Painted.Photo.PhotoSize) : (double?)null;
            RequireCoverage(rendering.Job.Request, coverage);
            var file = await painter.PaintAsync(rendering, generated, cancellationToken);
            var hash = InputHash.Of(rendering.Job, generated.Inputs, placement, rendering.Output);
            return (new(file, hash, ContentSize(rendering, generated), coverage, generated.LimbsInvented), generatedAt);
        }
        catch (PoseFunctionsException exception) when (exception is { IsTransient: false } and not RejectedException)
        {
            Log.TargetFailed(logger, exception, rendering.Job.Id, target.Index);
            throw new RejectedException(FailureCodes.GenerationFailed, "No image of this pose could be made from this photo.", exception);
        }
    }

    private static void RequireCoverage(TransferRequest request, double? coverage)
    {
        if (coverage < request.MinCoverage)
        {
            var shows = request.Sources.Count == 0 ? "The photo shows" : "The photos show";
            throw new RejectedException(
                FailureCodes.CoverageTooLow,
                FormattableString.Invariant($"{shows} {coverage:P0} of the person in this pose; the request wants {request.MinCoverage:P0}."));
        }
    }

    private async Task<JobResult> StoreAsync(JobRendering rendering, JobTarget target, MadeResult made, CancellationToken cancellationToken)
    {
        using var activity = PoseFunctionsTelemetry.Activities.StartActivity("store");
        activity?.SetTag("job.target", target.Index);
        var (job, output) = (rendering.Job, rendering.Output);
        var format = job.Request.Output.Format;
        var length = await results.WriteAsync(job.Id, job.Fence, target.Index, format, made.File, cancellationToken);
        return new(format, output.Width, output.Height, length, made.Native.Width, made.Native.Height, made.InputHash, made.Coverage, made.LimbsInvented);
    }

    /// <summary>
    /// Up to which size of the whole result there is real detail: the generator's own resolution, or the photo's where its pixels are
    /// carried over; never more than the result has.
    /// </summary>
    private static ImageSize ContentSize(JobRendering rendering, GeneratedViews generated)
    {
        var (photo, placement) = (rendering.Painted.Photo.PhotoSize, generated.Layout.Placement);
        var longSide = generated.Blend is null ? (int)Math.Round(photo.LongSide * placement.Frame.Width / placement.Window.Width) : photo.LongSide;
        return rendering.Output.WithLongSide(Math.Clamp(longSide, 1, rendering.Output.LongSide));
    }

    private ImageSize OutputSize(OutputOptions output, ImageSize photo) =>
        photo.WithLongSide(output.LongSide ?? Math.Min(photo.LongSide, options.Value.DefaultLongSide));

    /// <param name="File">The encoded result.</param>
    /// <param name="InputHash">Over what determined it.</param>
    /// <param name="Native">Up to which size there is real detail.</param>
    /// <param name="Coverage">Share of the person that the photo showed.</param>
    /// <param name="LimbsInvented">Whether it shows limbs that no photo did.</param>
    private sealed record MadeResult(byte[] File, string InputHash, ImageSize Native, double? Coverage, bool LimbsInvented);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Target {Index} of job {JobId} cannot be generated; trying again would not help.")]
        public static partial void TargetFailed(ILogger logger, Exception exception, JobId jobId, int index);
    }
}
