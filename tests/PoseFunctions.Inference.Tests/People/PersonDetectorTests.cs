using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;
using PoseFunctions.Inference.People;
using Xunit;

namespace PoseFunctions.Inference.Tests.People;

/// <summary>
/// Candidates as numbers in a photo of 64 x 64 pixels, on anchors at 16 and 48. Each is the middle and the size of the face, then the
/// middle of the hips and the point above the head, all but the size from the anchor.
/// </summary>
public sealed class PersonDetectorTests : IDisposable
{
    private const int Unseen = -20;

    private readonly HandMadeModel folder = HandMadeModel.Persons();
    private readonly PhotoModel model;
    private readonly PersonDetector detector;

    public PersonDetectorTests()
    {
        model = folder.LoadForPhotos();
        detector = new(model);
    }

    [Fact]
    public void Find_StandingPerson_IsSeenInASquareRoundTheHips()
    {
        // From the anchor at (48, 16): face at (32, 12), hips at (32, 40), top at (32, 4).
        var person = Assert.Single(Find(Photo([Unseen, 2, Unseen, Unseen], [Nobody, [-16, -4, 10, 12, -16, 24, -16, -12]])));

        Assert.Equal(1 / (1 + Math.Exp(-2)), person.Confidence, 5);
        AssertSquare((32, 40), side: 2 * 36 * 1.25, angle: 0, person.Square);
        Assert.Equal((32.0, 40.0, 72.0), (person.Box.CenterX, person.Box.CenterY, person.Box.Height));
        Assert.InRange(person.Box.Width, 20, 40);
    }

    [Theory]
    [InlineData(30, 0, Math.PI / 2)]
    [InlineData(-30, 0, -Math.PI / 2)]
    [InlineData(0, 30, Math.PI)]
    [InlineData(30, -30, Math.PI / 4)]
    public void Find_PersonWhoIsTurned_HasASquareTurnedWithThem(int across, int down, double angle)
    {
        var person = Assert.Single(Find(Photo([2, Unseen, Unseen, Unseen], [[16, 16, 10, 10, 16, 16, 16 + across, 16 + down]])));

        AssertSquare((32, 32), 2 * double.Hypot(across, down) * 1.25, angle, person.Square);
        if (down == 0)
        {
            Assert.True(person.Box.Width > person.Box.Height, "Who lies is wider than high.");
        }
    }

    [Fact]
    public void Find_SeveralCandidatesOfOneFaceOrOfTheSameHips_IsTheSurestOnly()
    {
        int[] first = [0, -4, 12, 12, 0, 24, 0, -10], sameFace = [-31, -4, 12, 12, -22, 26, -22, -14], sameHips = [0, -60, 12, 12, 2, -8, 2, -42];

        var found = Find(Photo([1, 3, 2, Unseen], [first, sameFace, sameHips]));

        var person = Assert.Single(found);
        Assert.Equal(1 / (1 + Math.Exp(-3)), person.Confidence, 5);
    }

    [Fact]
    public void Find_TwoPeople_GivesTheSurestFirst()
    {
        int[] left = [0, -4, 8, 8, 0, 16, 0, -10], right = [0, -4, 8, 8, 0, 16, 0, -10];

        var found = Find(Photo([1, 4, Unseen, Unseen], [left, right]));

        Assert.Equal([48.0, 16.0], found.Select(person => person.Square.CenterX));
    }

    [Fact]
    public void Find_NobodySureEnough_IsNobody() =>
        Assert.Empty(Find(Photo([-1, -1, -1, -1], [[0, -4, 8, 8, 0, 16, 0, -10]])));

    public void Dispose()
    {
        model.Dispose();
        folder.Dispose();
    }

    private static int[] Nobody => new int[8];

    private static RgbImage Photo(int[] scores, int[][] boxes)
    {
        var photo = WrittenPhoto.Black(64);
        WrittenPhoto.Write(photo, 1, scores);
        WrittenPhoto.Write(photo, 0, [.. boxes.SelectMany(box => box)]);
        return photo;
    }

    private static void AssertSquare((double X, double Y) center, double side, double angle, PersonSquare found)
    {
        Assert.Equal(center.X, found.CenterX, 3);
        Assert.Equal(center.Y, found.CenterY, 3);
        Assert.Equal(side, found.Side, 3);
        Assert.Equal(angle, found.Angle, 5);
    }

    private IReadOnlyList<FoundPerson> Find(RgbImage photo)
    {
        using (photo)
        {
            return detector.Find(photo, TestContext.Current.CancellationToken);
        }
    }
}
