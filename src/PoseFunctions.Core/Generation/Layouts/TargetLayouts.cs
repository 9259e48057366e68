using System.Diagnostics;
using PoseFunctions.Core.Generation.Rendering;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Models;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Core.Generation.Layouts;

/// <summary>Finds out how each target's image shall be laid out: its pose and, for generators that need one, its parsing map.</summary>
public sealed class TargetLayouts(PoseLibrary library, JobPhotos photos, GeneratorCatalog models)
{
    /// <summary>Pose and parsing map of a target, in pixels and labels of the generator.</summary>
    /// <remarks>
    /// A pose that comes from a photo brings that photo's parsing map along, of the same size and in the same place as its pose. For
    /// any other pose the map is predicted; where no layout model is installed, <see cref="MovedLimbs"/> stands in.
    /// </remarks>
    internal async Task<(Pose Pose, LabelMap? Labels)> FindAsync(
        JobRecord job, JobTarget target, FramedPhoto source, ModelManifest generator, CancellationToken cancellationToken)
    {
        var wanted = PoseOf(job, target, source.Photo);
        var pose = source.Frame.ToFrame(wanted);
        if (!GeneratorAbilities.Of(generator).NeedsTargetParsing)
        {
            return (pose, null);
        }

        if (target.PhotoPixelHash is null)
        {
            return (pose, models.Layout is { } predictor
                ? await PredictAsync(predictor, source, wanted, generator, cancellationToken)
                : MovedLimbs.Move(source.Labels!, source.Pose, pose));
        }

        var photo = await photos.OfTargetAsync(job, target, cancellationToken);
        var placed = PoseRetargeting.Between(photo.Person.Pose, source.Photo.Person.Pose, source.Photo.PhotoSize);
        var translation = LabelTranslation.Between(photo.Person.Segmentation, generator);
        return (pose, LabelMaps.Draw(generator.NativeSize, photo.Person, photo.PhotoSize, translation, (x, y) =>
        {
            var (sourceX, sourceY) = source.Frame.ToPhoto(x, y);
            return placed.Undo(sourceX, sourceY);
        }));
    }

    /// <summary>What predicts parsing maps for a job; null where no target of it needs that, or no layout model is installed.</summary>
    internal ILayoutPredictor? PredictorOf(JobRecord job, ModelManifest generator) =>
        job.Request.Scene is null
        && GeneratorAbilities.Of(generator).NeedsTargetParsing
        && job.Targets.Any(target => target is { State: TargetState.Pending, PhotoPixelHash: null })
            ? models.Layout
            : null;

    /// <summary>Asks the layout model in its own frame and labels, and reads its answer as a parser's: in labels that the target's bones tell apart.</summary>
    private static async Task<LabelMap> PredictAsync(
        ILayoutPredictor predictor, FramedPhoto source, Pose wanted, ModelManifest generator, CancellationToken cancellationToken)
    {
        var (model, photo) = (predictor.Manifest, source.Photo);
        var placement = source.Frame.Placement.Within(model.NativeSize);
        var pose = placement.ToFrame(wanted);
        var predicted = await predictor.PredictAsync(
            new(FramedPhoto.LabelsFor(model, photo, placement), placement.ToFrame(photo.Person.Pose), pose), cancellationToken);
        var segmentation = new SegmentationMap(predicted.Size, predicted.Labels, model.Labels!, model.LabelMeanings());
        var translation = LabelTranslation.Between(segmentation, generator);
        return LabelMaps.Draw(generator.NativeSize, new(pose, segmentation), model.NativeSize, translation, (x, y) =>
        {
            var (photoX, photoY) = source.Frame.ToPhoto(x, y);
            return placement.ToFrame(photoX, photoY);
        });
    }

    /// <summary>A target's keypoints in pixels of the source photo.</summary>
    private Pose PoseOf(JobRecord job, JobTarget target, ParsedPhoto source)
    {
        var asked = job.Request.Targets[target.Index];
        var (size, person) = (source.PhotoSize, source.Person.Pose);
        if (asked.Pose is { } name)
        {
            return PoseRetargeting.Retarget(library.Get(name).ToPose(), person, size);
        }

        if (target.PhotoKeypoints is { } flat)
        {
            var keypoints = flat.Chunk(3).Select(values => new Keypoint(values[0], values[1], values[2])).ToArray();
            return PoseRetargeting.Retarget(new(keypoints), person, size);
        }

        return asked.Keypoints is { } points
            ? new([.. points.Select(point => point is null ? Keypoint.Missing : new Keypoint(point[0] * size.Width, point[1] * size.Height))])
            : throw new UnreachableException();
    }
}
