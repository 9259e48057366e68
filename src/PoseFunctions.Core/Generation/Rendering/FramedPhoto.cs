using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Generation.Layouts;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Models;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Core.Generation.Rendering;

/// <summary>
/// A parsed photo as one generator sees it: the person's window of the picture, keypoints and, where it needs them, labels at its
/// native size.
/// </summary>
internal sealed class FramedPhoto : IDisposable
{
    private FramedPhoto(ParsedPhoto photo, PersonBox extent, FramePlacement placement, RgbImage image, LabelMap? labels)
    {
        Photo = photo;
        Extent = extent;
        Placement = placement;
        Image = image;
        Labels = labels;
        Pose = placement.ToFrame(photo.Person.Pose);
    }

    public ParsedPhoto Photo { get; }

    /// <summary>Where the person is, in photo pixels.</summary>
    public PersonBox Extent { get; }

    /// <summary>Where the frame lies in the photo.</summary>
    public FramePlacement Placement { get; }

    /// <summary>The window at native size.</summary>
    public RgbImage Image { get; }

    /// <summary>The person's keypoints in frame pixels.</summary>
    public Pose Pose { get; }

    /// <summary>The parsing map in the generator's labels; null for generators that need none.</summary>
    public LabelMap? Labels { get; }

    /// <exception cref="RejectedException"><see cref="FailureCodes.PersonMissing"/>: nothing of a person is in the photo.</exception>
    public static FramedPhoto Create(IImageCodec codec, ParsedPhoto photo, ModelManifest generator)
    {
        var extent = photo.Person.Extent(photo.PhotoSize)
            ?? throw new RejectedException(FailureCodes.PersonMissing, "No person was found in the photo.");
        var placement = new FramePlacement(FrameWindow.Around(extent, generator.NativeSize), generator.NativeSize);
        var labels = GeneratorAbilities.Of(generator).NeedsParsing ? LabelsFor(generator, photo, placement) : null;
        return new(photo, extent, placement, WindowPainter.Paint(codec, photo.Surroundings, placement), labels);
    }

    /// <summary>A photo's parsing map at a model's size, in its labels.</summary>
    public static LabelMap LabelsFor(ModelManifest model, ParsedPhoto photo, FramePlacement placement)
    {
        var person = photo.Person;
        var labels = LabelTranslation.Between(person.Segmentation, model);
        return LabelMaps.Draw(model.NativeSize, (column, row) =>
        {
            var (x, y) = placement.ToPhoto(column, row);
            return labels.At(person.LabelAt(x, y), person.Pose, x, y);
        });
    }

    public void Dispose() => Image.Dispose();
}
