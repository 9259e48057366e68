using PoseFunctions.Core.Generation.Rendering;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Core.Generation.Views;

/// <summary>Finds out what a generator's encoder says of the photos of a job.</summary>
public sealed class ViewLatents(PhotoLatents latents)
{
    /// <summary>
    /// Latents of a view, before the scene's background where there is a scene; empty for generators without an encoder.
    /// </summary>
    internal async Task<float[]> DescribeAsync(
        JobRecord job, PersonView view, FramedPhoto? scene, ILatentEncoder? encoder, CancellationToken cancellationToken)
    {
        if (encoder is null)
        {
            return [];
        }

        var person = await LatentsAsync(view.Key, view.Frame);
        return scene is null
            ? person
            : [.. (await LatentsAsync(JobPhotos.SceneKey(job), scene)).AsSpan(0, encoder.BackgroundLength), .. person.AsSpan(encoder.BackgroundLength)];

        Task<float[]> LatentsAsync(ParsedPhotoKey key, FramedPhoto photo) => latents.GetAsync(
            key, encoder, wanted => encoder.EncodeAsync(photo.Image, photo.Labels, wanted), cancellationToken);
    }
}
