using PoseFunctions.Core.Images;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Core.People;

/// <summary>What parsing finds of one person, unjudged: <see cref="PersonRequirements"/> decides whether it is enough.</summary>
/// <param name="Pose">Keypoints in pixels of the photo; those below the model's minimum confidence are kept with their confidence.</param>
/// <param name="Segmentation">Body parts; covers exactly the square.</param>
/// <param name="Square">The square of the photo that was looked at, in pixels of the photo.</param>
public sealed record ParsedPerson(Pose Pose, SegmentationMap Segmentation, PersonSquare Square)
{
    /// <summary>The label at a place of the photo; background outside the square.</summary>
    public byte LabelAt(double x, double y)
    {
        var (across, down) = Square.FromPhoto(x, y);
        return Segmentation.At(across, down);
    }

    /// <summary>The same person in a copy of the photo that is so many times as large.</summary>
    public ParsedPerson Scaled(double factor) => this with
    {
        Pose = Pose.Map((x, y) => ((float)(x * factor), (float)(y * factor))),
        Square = Square.Scaled(factor),
    };

    /// <summary>The smallest box inside the photo that holds all that is labelled and every joint that is there; null for nobody.</summary>
    public PersonBox? Extent(ImageSize photo)
    {
        var size = Segmentation.Size;
        var (left, top, right, bottom) = (double.PositiveInfinity, double.PositiveInfinity, double.NegativeInfinity, double.NegativeInfinity);
        for (var cell = 0; cell < Segmentation.Labels.Length; cell++)
        {
            if (Segmentation.Labels[cell] != 0)
            {
                Include(Square.ToPhoto(((cell % size.Width) + 0.5) / size.Width, ((cell / size.Width) + 0.5) / size.Height));
            }
        }

        foreach (var keypoint in Pose.Keypoints)
        {
            if (!keypoint.IsMissing)
            {
                Include((keypoint.X, keypoint.Y));
            }
        }

        return right > left && bottom > top ? PersonBox.Between(left, top, right, bottom).Within(photo) : null;

        void Include((double X, double Y) place) => (left, top, right, bottom) =
            (Math.Min(left, place.X), Math.Min(top, place.Y), Math.Max(right, place.X), Math.Max(bottom, place.Y));
    }
}
