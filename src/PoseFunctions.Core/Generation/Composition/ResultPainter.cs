using PoseFunctions.Core.Generation.Rendering;
using PoseFunctions.Core.Generation.Views;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Requests;

namespace PoseFunctions.Core.Generation.Composition;

/// <summary>Lays generated people over a job's canvas, and encodes what comes of it.</summary>
public sealed class ResultPainter(IImageCodec codec, PersonOutline outlines) : IDisposable
{
    /// <summary>
    /// Who may hold an image of output size, which can have 50 MB: more of them than cores would take memory and save no time.
    /// </summary>
    private readonly SemaphoreSlim finishing = new(Environment.ProcessorCount);

    /// <summary>The encoded result of a target.</summary>
    internal async Task<byte[]> PaintAsync(JobRendering rendering, GeneratedViews generated, CancellationToken cancellationToken)
    {
        await finishing.WaitAsync(cancellationToken);
        try
        {
            var layer = await LayerAsync(rendering, generated, cancellationToken);
            using var image = rendering.Canvas.Background.Copy();
            var options = rendering.Job.Request.Output;
            var opacity = options.Background == BackgroundOption.Transparent ? new byte[image.Size.Pixels] : null;
            if (options.Background == BackgroundOption.Keep)
            {
                ContactShadow.Paint(image, rendering.Painted.Photo.PhotoSize, generated.Layout.PoseInPhoto);
            }

            PersonPainter.Paint(image, rendering.Painted.Photo.PhotoSize, layer, opacity);
            var manifest = rendering.Generator.Manifest;
            return codec.Encode(image, new(options.Format, options.Quality, new(manifest.Name, manifest.Version), opacity));
        }
        finally
        {
            finishing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => finishing.Dispose();

    private async Task<PersonLayer> LayerAsync(JobRendering rendering, GeneratedViews generated, CancellationToken cancellationToken)
    {
        var (placement, pose) = (generated.Layout.Placement, generated.Layout.Pose);
        if (generated.Blend is { } blend)
        {
            return new(placement, blend.Surface.Person, blend.Surface.Size, [.. generated.People.Index().Select(view => LayerOf(view.Item, view.Index))]);
        }

        // Only generators that tell flow take several photos.
        var image = generated.People[0].Image;
        var outline = await outlines.FindAsync(image, pose, cancellationToken);
        return new(placement, outline, image.Size, [new(image, Detail: null, Shares: [])]);

        ViewLayer LayerOf(GeneratedPerson person, int view)
        {
            var frame = rendering.Views.All[view].Frame;
            return new(person.Image, new(person.Flow!, frame.Placement, rendering.Canvas.Photos[view], frame.Photo), blend.Shares[view]);
        }
    }
}
