using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;
using PoseFunctions.Inference.People;
using Xunit;

namespace PoseFunctions.Inference.Tests.People;

/// <summary>A parser that labels what it is fed: 1 red of the picture, 2 the mask, 3 a joint, 4 the features of the landmark model.</summary>
public sealed class PersonSegmenterTests : IDisposable
{
    private static readonly PersonSquare Whole = new(4, 4, 8, 0);

    private readonly HandMadeModel landmarks = HandMadeModel.Landmarks();
    private readonly HandMadeModel parser = HandMadeModel.Roles();
    private readonly PhotoModel landmarkModel;
    private readonly PhotoModel parserModel;
    private readonly LandmarkFinder finder;
    private readonly PersonSegmenter segmenter;

    public PersonSegmenterTests()
    {
        (landmarkModel, parserModel) = (landmarks.LoadForPhotos(), parser.LoadForPhotos());
        finder = new(landmarkModel);
        segmenter = new(parserModel, finder);
    }

    [Fact]
    public void Segment_EveryRole_IsFedItsOwn()
    {
        using var photo = WrittenPhoto.Black(8);
        (int Column, int Row, int Channel, byte Value, byte Label)[] marks = [(1, 6, 0, 255, 1), (3, 6, 1, 133, 2), (5, 6, 2, 129, 4)];
        foreach (var mark in marks)
        {
            photo.Row(mark.Row)[(3 * mark.Column) + mark.Channel] = mark.Value;
        }

        var joints = new Keypoint[Skeleton.JointCount];
        joints[(int)Joint.RightWrist] = new(6.5f, 1.5f, 1);

        var map = Segment(photo, Whole, new(joints));

        Assert.Equal(new ImageSize(8, 8), map.Size);
        Assert.Equal(["background", "hair", "face", "arms", "legs"], map.LabelNames);
        Assert.All(marks, mark => Assert.Equal(mark.Label, map.Labels[(mark.Row * 8) + mark.Column]));
        Assert.Equal(3, map.Labels[(1 * 8) + 6]);
        Assert.Equal(64 - marks.Length - 1, map.Labels.Count(label => label == 0));
    }

    [Fact]
    public void Segment_TurnedSquare_LabelsThePersonUpright()
    {
        // The person lies with the head to the right: what is right in the photo is above in the square.
        using var photo = WrittenPhoto.Black(8);
        photo.Row(3)[3 * 7] = 255;

        var map = Segment(photo, Whole with { Angle = Math.PI / 2 }, new(new Keypoint[Skeleton.JointCount]));

        Assert.Equal([3], map.Labels.Index().Where(cell => cell.Item == 1).Select(cell => cell.Index));
    }

    public void Dispose()
    {
        landmarkModel.Dispose();
        parserModel.Dispose();
        landmarks.Dispose();
        parser.Dispose();
    }

    private SegmentationMap Segment(RgbImage photo, PersonSquare square, Pose pose)
    {
        finder.Find(photo, square, TestContext.Current.CancellationToken);
        return segmenter.Segment(photo, square, pose, TestContext.Current.CancellationToken);
    }
}
