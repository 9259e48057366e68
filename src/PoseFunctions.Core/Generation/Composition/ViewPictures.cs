using PoseFunctions.Core.Generation.Rendering;
using PoseFunctions.Core.Generation.Views;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Core.Generation.Composition;

/// <summary>Decodes the photos of a job's person at the size at which results show their pixels.</summary>
public sealed class ViewPictures(IImageCodec codec, JobPhotos photos)
{
    /// <summary>Bounds the memory where the person is small in a large photo.</summary>
    private const int LargestLongSide = 4096;

    /// <summary>The job's own photo.</summary>
    /// <returns>An image that the caller disposes.</returns>
    internal async Task<RgbImage> ReadFirstAsync(
        JobRecord job, PersonView view, FramedPhoto? scene, ImageSize output, CancellationToken cancellationToken)
    {
        var photo = view.Frame.Photo;

        // In a scene the source has its own size: as large as what is painted is, and no larger than it is itself.
        var size = scene is null ? output : photo.PhotoSize.WithLongSide(Math.Min(photo.PhotoSize.LongSide, output.LongSide));
        return UprightPicture.Decode(codec, await photos.ReadSourceAsync(job, cancellationToken), photo, size);
    }

    /// <summary>A further photo: the person in it as large as in results, and the photo no larger than it is itself.</summary>
    /// <returns>An image that the caller disposes.</returns>
    internal async Task<RgbImage> ReadFurtherAsync(
        JobRecord job, PersonView view, FramedPhoto painted, ImageSize output, CancellationToken cancellationToken)
    {
        var photo = view.Frame.Photo;
        var enlarged = painted.Placement.Window.Height / view.Frame.Placement.Window.Height * output.LongSide / painted.Photo.PhotoSize.LongSide;
        var longest = Math.Min(photo.PhotoSize.LongSide, LargestLongSide);
        var longSide = (int)Math.Clamp(Math.Ceiling(enlarged * photo.PhotoSize.LongSide), 1, longest);
        var file = await photos.ReadSourceAsync(job, view.Source, cancellationToken);
        return UprightPicture.Decode(codec, file, photo, photo.PhotoSize.WithLongSide(longSide));
    }
}
