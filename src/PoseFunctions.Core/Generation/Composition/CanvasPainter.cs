using PoseFunctions.Core.Generation.Rendering;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Requests;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Core.Generation.Composition;

/// <summary>Prepares what the results of a job are painted on.</summary>
public sealed class CanvasPainter(IImageCodec codec, JobPhotos photos)
{
    /// <summary>The canvas of a job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="source">Its photo.</param>
    /// <param name="scene">The photo whose scene the person is put into; null for the source's own.</param>
    /// <param name="output">Size of the results.</param>
    /// <param name="needsDetail">Whether the generator tells where the person's surface comes from.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<JobCanvas> PrepareAsync(
        JobRecord job, FramedPhoto source, FramedPhoto? scene, ImageSize output, bool needsDetail, CancellationToken cancellationToken)
    {
        var background = job.Request.Output.Background;
        var keeps = background == BackgroundOption.Keep;
        var photo = needsDetail || (keeps && scene is null)
            ? Decode(await photos.ReadSourceAsync(job, cancellationToken), source.Photo, DetailSize(source.Photo, scene, output))
            : null;
        try
        {
            if (!keeps)
            {
                return new(Plain(output, background.Colour ?? (255, 255, 255)), photo);
            }

            var behind = scene is null ? photo!.Copy() : Decode(await photos.ReadSceneAsync(job, cancellationToken), scene.Photo, output);
            PersonEraser.Erase(codec, behind, (scene ?? source).Photo, (scene ?? source).Extent);
            return new(behind, photo);
        }
        catch
        {
            photo?.Dispose();
            throw;
        }
    }

    /// <summary>In a scene the source has its own size: as large as what is painted is, and no larger than it is itself.</summary>
    private static ImageSize DetailSize(ParsedPhoto source, FramedPhoto? scene, ImageSize output) =>
        scene is null ? output : source.PhotoSize.WithLongSide(Math.Min(source.PhotoSize.LongSide, output.LongSide));

    private RgbImage Decode(byte[] file, ParsedPhoto photo, ImageSize size)
    {
        using var decoded = codec.Decode(file, size.LongSide);
        using var turned = photo.Turns == 0 ? null : decoded.Turned(photo.Turns);
        return codec.Resize(turned ?? decoded, size);
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
