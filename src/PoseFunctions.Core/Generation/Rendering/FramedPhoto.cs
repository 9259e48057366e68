using PoseFunctions.Core.Generation.Layouts;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Models;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Core.Generation.Rendering;

/// <summary>A parsed photo as one generator sees it: picture, keypoints and, where it needs them, labels at its native size.</summary>
internal sealed class FramedPhoto : IDisposable
{
    private FramedPhoto(ParsedPhoto photo, TransferFrame frame, LabelMap? labels)
    {
        Photo = photo;
        Frame = frame;
        Labels = labels;
        Pose = frame.ToFrame(photo.Person.Pose);
    }

    public ParsedPhoto Photo { get; }

    public TransferFrame Frame { get; }

    /// <summary>The person's keypoints in frame pixels.</summary>
    public Pose Pose { get; }

    /// <summary>The parsing map in the generator's labels; null for generators that need none.</summary>
    public LabelMap? Labels { get; }

    public static FramedPhoto Create(IImageCodec codec, ParsedPhoto photo, ModelManifest generator)
    {
        using var working = codec.DecodeOwn(photo.WorkingImage);
        var frame = TransferFrame.Create(codec, working, photo.PhotoSize, generator.NativeSize);
        try
        {
            var labels = GeneratorAbilities.Of(generator).NeedsParsing
                ? LabelsFor(generator, photo, frame.Placement)
                : null;
            return new(photo, frame, labels);
        }
        catch
        {
            frame.Dispose();
            throw;
        }
    }

    /// <summary>A photo's parsing map at a model's size, in its labels.</summary>
    public static LabelMap LabelsFor(ModelManifest model, ParsedPhoto photo, FramePlacement placement) => LabelMaps.Draw(
        model.NativeSize, photo.Person, photo.PhotoSize, LabelTranslation.Between(photo.Person.Segmentation, model), placement.ToPhoto);

    public void Dispose() => Frame.Dispose();
}
