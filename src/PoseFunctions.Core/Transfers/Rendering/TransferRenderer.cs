using System.Diagnostics;
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
public sealed class TransferRenderer(
    IImageCodec codec,
    IPersonParser parser,
    IPhotoStore photos,
    IResultStore results,
    PoseLibrary library,
    IOptions<TransferOptions> options,
    TimeProvider clock)
{
    /// <summary>Generates, encodes and stores; returns the targets with their outcome. Refused targets do not fail the others.</summary>
    public async Task<RenderedTargets> RenderAsync(
        JobRecord job, ParsedPhoto parsed, IPoseGenerator generator, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(parsed);
        ArgumentNullException.ThrowIfNull(generator);
        var started = clock.GetTimestamp();
        using var working = codec.Decode(parsed.WorkingImage);
        using var frame = TransferFrame.Create(codec, working, parsed.PhotoSize, generator.Manifest.NativeSize);
        var output = OutputSize(job.Request.Output, parsed.PhotoSize);
        using var background = job.Request.Output.KeepBackground ? await BackgroundAsync(job, output, cancellationToken) : null;
        var context = new Context(job, parsed, frame, frame.ToFrame(parsed.Person.Pose), output, background, generator);
        var outcomes = await Task.WhenAll(job.Targets.Select(target => RenderTargetAsync(context, target, cancellationToken)));
        var generated = clock.GetElapsedTime(started, outcomes.Max(outcome => outcome.GeneratedAt));
        return new([.. outcomes.Select(outcome => outcome.Target)], generated, clock.GetElapsedTime(started) - generated);
    }

    private async Task<(JobTarget Target, long GeneratedAt)> RenderTargetAsync(Context context, JobTarget target, CancellationToken cancellationToken)
    {
        if (target.State == TargetState.Succeeded)
        {
            return (target, clock.GetTimestamp());
        }

        try
        {
            var pose = context.Frame.ToFrame(TargetPoseOf(context, target));
            using var generated = await GenerateAsync(context, target, pose, cancellationToken);
            var generatedAt = clock.GetTimestamp();
            using var image = context.Frame.CutOut(codec, generated, context.Output);
            if (context.Background is { } background)
            {
                var after = await parser.ParseAsync(image, cancellationToken);
                BackgroundKeeper.Restore(image, after.Segmentation, background, context.Parsed.Person.Segmentation);
            }

            var result = await StoreAsync(context, target, image, cancellationToken);
            return (target with { State = TargetState.Succeeded, Result = result }, generatedAt);
        }
        catch (RejectedException exception)
        {
            var failure = new JobFailure(exception.Code, exception.Message, Retryable: false);
            return (target with { State = TargetState.Failed, Failure = failure }, clock.GetTimestamp());
        }
    }

    private static async Task<RgbImage> GenerateAsync(Context context, JobTarget target, Pose pose, CancellationToken cancellationToken)
    {
        using var activity = PoseFunctionsTelemetry.Activities.StartActivity("generate");
        activity?.SetTag("job.target", target.Index);
        return await context.Generator.GenerateAsync(new(context.Frame.Image, context.SourcePose, pose), cancellationToken);
    }

    private async Task<JobResult> StoreAsync(Context context, JobTarget target, RgbImage image, CancellationToken cancellationToken)
    {
        using var activity = PoseFunctionsTelemetry.Activities.StartActivity("store");
        activity?.SetTag("job.target", target.Index);
        var output = context.Job.Request.Output;
        var manifest = context.Generator.Manifest;
        var bytes = codec.Encode(image, new(output.Format, output.Quality, new(manifest.Name, manifest.Version)));
        var length = await results.WriteAsync(
            context.Job.Id, context.Job.Fence, target.Index, output.Format, bytes, cancellationToken);
        var content = context.Frame.ContentSize;
        return new(output.Format, image.Size.Width, image.Size.Height, length, content.Width, content.Height);
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
}
