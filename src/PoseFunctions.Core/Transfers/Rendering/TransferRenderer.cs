using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Generators;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Parsing;
using PoseFunctions.Core.Poses;
using PoseFunctions.Core.Telemetry;

namespace PoseFunctions.Core.Transfers.Rendering;

/// <summary>Renders every target of a job: all of them at once, so that the generator can batch them.</summary>
public sealed partial class TransferRenderer(
    IImageCodec codec,
    IPersonParser parser,
    IPhotoStore photos,
    IResultStore results,
    PoseLibrary library,
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
        using var working = codec.DecodeOwn(parsed.WorkingImage);
        using var frame = TransferFrame.Create(codec, working, parsed.PhotoSize, generator.Manifest.NativeSize);
        var output = OutputSize(job.Request.Output, parsed.PhotoSize);
        using var background = job.Request.Output.KeepBackground ? await BackgroundAsync(job, output, cancellationToken) : null;
        var context = new Context(job, parsed, frame, frame.ToFrame(parsed.Person.Pose), output, background, generator);
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
            var (file, generatedAt) = await MakeFileAsync(context, target, cancellationToken);
            var result = await StoreAsync(context, target, file, cancellationToken);
            return (target with { State = TargetState.Succeeded, Result = result }, generatedAt);
        }
        catch (RejectedException exception)
        {
            var failure = new JobFailure(exception.Code, exception.Message, Retryable: false);
            return (target with { State = TargetState.Failed, Failure = failure }, clock.GetTimestamp());
        }
    }

    /// <summary>The encoded result of a target. What would fail the same way again fails this target and no other.</summary>
    private async Task<(byte[] File, long GeneratedAt)> MakeFileAsync(Context context, JobTarget target, CancellationToken cancellationToken)
    {
        try
        {
            using var generated = await GenerateAsync(context, target, cancellationToken);
            var generatedAt = clock.GetTimestamp();
            return (await EncodeAsync(context, generated, cancellationToken), generatedAt);
        }
        catch (PoseFunctionsException exception) when (exception is { IsTransient: false } and not RejectedException)
        {
            Log.TargetFailed(logger, exception, context.Job.Id, target.Index);
            throw new RejectedException(FailureCodes.GenerationFailed, "No image of this pose could be made from this photo.", exception);
        }
    }

    private async Task<RgbImage> GenerateAsync(Context context, JobTarget target, CancellationToken cancellationToken)
    {
        using var activity = PoseFunctionsTelemetry.Activities.StartActivity("generate");
        activity?.SetTag("job.target", target.Index);
        var pose = context.Frame.ToFrame(TargetPoseOf(context, target));
        return await context.Generator.GenerateAsync(new(context.Frame.Image, context.SourcePose, pose), cancellationToken);
    }

    private async Task<byte[]> EncodeAsync(Context context, RgbImage generated, CancellationToken cancellationToken)
    {
        await finishing.WaitAsync(cancellationToken);
        try
        {
            using var image = context.Frame.CutOut(codec, generated, context.Output);
            if (context.Background is { } background)
            {
                var after = await parser.ParseAsync(image, cancellationToken);
                BackgroundKeeper.Restore(image, after.Segmentation, background, context.Parsed.Person.Segmentation);
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

    private async Task<JobResult> StoreAsync(Context context, JobTarget target, byte[] file, CancellationToken cancellationToken)
    {
        using var activity = PoseFunctionsTelemetry.Activities.StartActivity("store");
        activity?.SetTag("job.target", target.Index);
        var format = context.Job.Request.Output.Format;
        var length = await results.WriteAsync(context.Job.Id, context.Job.Fence, target.Index, format, file, cancellationToken);
        var content = context.Frame.ContentSize;
        return new(format, context.Output.Width, context.Output.Height, length, content.Width, content.Height);
    }

    private async Task<RgbImage> BackgroundAsync(JobRecord job, ImageSize output, CancellationToken cancellationToken)
    {
        await using var photo = await photos.OpenSourceAsync(job, cancellationToken);
        var bytes = new byte[photo.Length];
        await photo.Content.ReadExactlyAsync(bytes, cancellationToken);
        using var decoded = codec.Decode(bytes, output.LongSide);
        return codec.Resize(decoded, output);
    }

    private ImageSize OutputSize(OutputOptions output, ImageSize photo) =>
        photo.WithLongSide(output.LongSide ?? Math.Min(photo.LongSide, options.Value.DefaultLongSide));

    private Pose TargetPoseOf(Context context, JobTarget target)
    {
        var asked = context.Job.Request.Targets[target.Index];
        var (photo, person) = (context.Parsed.PhotoSize, context.Parsed.Person.Pose);
        if (asked.Pose is { } name)
        {
            return PoseRetargeting.Retarget(library.Get(name).ToPose(), person, photo);
        }

        if (target.PhotoKeypoints is { } flat)
        {
            var keypoints = flat.Chunk(3).Select(values => new Keypoint(values[0], values[1], values[2])).ToArray();
            return PoseRetargeting.Retarget(new(keypoints), person, photo);
        }

        return asked.Keypoints is { } points
            ? new([.. points.Select(point => point is null ? Keypoint.Missing : new Keypoint(point[0] * photo.Width, point[1] * photo.Height))])
            : throw new UnreachableException();
    }

    private sealed record Context(
        JobRecord Job,
        ParsedPhoto Parsed,
        TransferFrame Frame,
        Pose SourcePose,
        ImageSize Output,
        RgbImage? Background,
        IPoseGenerator Generator);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Target {Index} of job {JobId} cannot be generated; trying again would not help.")]
        public static partial void TargetFailed(ILogger logger, Exception exception, JobId jobId, int index);
    }
}
