using System.Diagnostics;
using PoseFunctions.Core.Generation.Rendering;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Models;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;
using PoseFunctions.Core.Requests;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Core.Generation.Layouts;

/// <summary>Finds out how each target's image shall be laid out: its pose and, for generators that need one, its parsing map.</summary>
public sealed class TargetLayouts(PoseLibrary library, JobPhotos photos, GeneratorCatalog models)
{
    /// <summary>Window, pose and parsing map of a target, in pixels and labels of the generator.</summary>
    /// <remarks>
    /// A pose that comes from a photo brings that photo's parsing map along, of the same size and in the same place as its pose. For
    /// any other pose the map is predicted; where no layout model is installed, <see cref="MovedLimbs"/> stands in.
    /// </remarks>
    internal async Task<TargetLayout> FindAsync(
        JobRecord job, JobTarget target, FramedPhoto source, ModelManifest generator, CancellationToken cancellationToken)
    {
        var wanted = PoseOf(job, target, source.Photo);
        var placement = TargetWindow.For(wanted, source);
        var layout = new TargetLayout(placement, placement.ToFrame(wanted), null);
        if (!GeneratorAbilities.Of(generator).NeedsTargetParsing)
        {
            return layout;
        }

        if (target.PhotoPixelHash is null)
        {
            return layout with
            {
                Labels = models.Layout is { } predictor
                    ? await PredictAsync(predictor, source, placement, wanted, generator, cancellationToken)
                    : MovedLimbs.Move(source.Labels!, source.Pose, layout.Pose),
            };
        }

        var photo = await photos.OfTargetAsync(job, target, cancellationToken);
        var person = photo.Person;
        var placed = PoseRetargeting.Between(person.Pose, source.Photo.Person.Pose, source.Photo.PhotoSize);
        var translation = LabelTranslation.Between(person.Segmentation, generator);
        return layout with
        {
            Labels = LabelMaps.Draw(generator.NativeSize, (column, row) =>
            {
                var (sourceX, sourceY) = placement.ToPhoto(column, row);
                var (x, y) = placed.Undo(sourceX, sourceY);
                return translation.At(person.LabelAt(x, y), person.Pose, x, y);
            }),
        };
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
        ILayoutPredictor predictor,
        FramedPhoto source,
        FramePlacement target,
        Pose wanted,
        ModelManifest generator,
        CancellationToken cancellationToken)
    {
        var (model, photo) = (predictor.Manifest, source.Photo);
        var (before, after) = (source.Placement.Within(model.NativeSize), target.Within(model.NativeSize));
        var pose = after.ToFrame(wanted);
        var predicted = await predictor.PredictAsync(
            new(FramedPhoto.LabelsFor(model, photo, before), before.ToFrame(photo.Person.Pose), pose), cancellationToken);
        var segmentation = new SegmentationMap(predicted.Size, predicted.Labels, model.Labels!, model.LabelMeanings());
        var translation = LabelTranslation.Between(segmentation, generator);
        return LabelMaps.Draw(generator.NativeSize, (column, row) =>
        {
            var (photoX, photoY) = target.ToPhoto(column, row);
            var (x, y) = after.ToFrame(photoX, photoY);
            return translation.At(segmentation.At(x / model.Width, y / model.Height), pose, x, y);
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
            ? new([.. points.Select(point => TargetPose.IsMissing(point) ? Keypoint.Missing : new Keypoint(point![0] * size.Width, point[1] * size.Height))])
            : throw new UnreachableException();
    }
}
