using PoseFunctions.Core.Generation.Rendering;
using PoseFunctions.Core.Generation.Views;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Requests;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Core.Generation.Composition;

/// <summary>Prepares what the results of a job are painted on.</summary>
public sealed class CanvasPainter(IImageCodec codec, JobPhotos photos, ViewPictures pictures)
{
    /// <summary>The canvas of a job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="views">The photos of its person.</param>
    /// <param name="scene">The photo whose scene the person is put into; null for that of the job's own photo.</param>
    /// <param name="output">Size of the results.</param>
    /// <param name="needsDetail">Whether the generator tells where the person's surface comes from.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<JobCanvas> PrepareAsync(
        JobRecord job, PersonViews views, FramedPhoto? scene, ImageSize output, bool needsDetail, CancellationToken cancellationToken)
    {
        var background = job.Request.Output.Background;
        var keeps = background == BackgroundOption.Keep;
        var shown = new List<RgbImage>();
        try
        {
            if (needsDetail || (keeps && scene is null))
            {
                shown.Add(await pictures.ReadFirstAsync(job, views.First, scene, output, cancellationToken));
            }

            foreach (var further in needsDetail ? views.All.Skip(1) : [])
            {
                shown.Add(await pictures.ReadFurtherAsync(job, further, scene ?? views.First.Frame, output, cancellationToken));
            }

            if (!keeps)
            {
                return new(Plain(output, background.Colour ?? (255, 255, 255)), shown);
            }

            var behind = scene is null
                ? shown[0].Copy()
                : UprightPicture.Decode(codec, await photos.ReadSceneAsync(job, cancellationToken), scene.Photo, output);
            var erased = scene ?? views.First.Frame;
            PersonEraser.Erase(codec, behind, erased.Photo, erased.Extent);
            return new(behind, shown);
        }
        catch
        {
            shown.ForEach(photo => photo.Dispose());
            throw;
        }
    }

    private static RgbImage Plain(ImageSize size, (byte R, byte G, byte B) colour)
    {
        var plain = RgbImage.Rent(size);
        for (var pixel = 0; pixel < plain.Pixels.Length; pixel += 3)
        {
            (plain.Pixels[pixel], plain.Pixels[pixel + 1], plain.Pixels[pixel + 2]) = colour;
        }

        return plain;
    }
}
