using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;
using Xunit;

namespace PoseFunctions.Core.Tests.People;

public sealed class PersonSquareTests
{
    private const double Quarter = Math.PI / 2;

    [Theory]
    [InlineData(0, 0, 50, 150)]
    [InlineData(0, 1, 50, 250)]
    [InlineData(Quarter, 0, 150, 150)]
    [InlineData(Quarter, 1, 50, 150)]
    [InlineData(Math.PI, 0, 150, 250)]
    [InlineData(-Quarter, 0, 50, 250)]
    public void ToPhoto_LeftEdgeOfATurnedSquare_TurnsClockwise(double angle, double down, double x, double y)
    {
        var place = new PersonSquare(100, 200, 100, angle).ToPhoto(0, down);

        Assert.Equal((x, y), (Math.Round(place.X, 9), Math.Round(place.Y, 9)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(-2.5)]
    [InlineData(Math.PI)]
    public void FromPhoto_OfToPhoto_IsThePlaceItself(double angle)
    {
        var square = new PersonSquare(123.5, -40, 77, angle);
        foreach (var (across, down) in ((double, double)[])[(0, 0), (1, 0), (0.25, 0.875), (-1, 3)])
        {
            var (x, y) = square.ToPhoto(across, down);
            var back = square.FromPhoto(x, y);

            Assert.Equal(across, back.Across, 1e-9);
            Assert.Equal(down, back.Down, 1e-9);
        }
    }

    [Fact]
    public void Scaled_Square_CoversTheSameInALargerPhoto()
    {
        var square = new PersonSquare(100, 200, 50, 0.4);
        var (x, y) = square.ToPhoto(0.1, 0.9);

        var larger = square.Scaled(3).ToPhoto(0.1, 0.9);

        Assert.Equal(3 * x, larger.X, 1e-9);
        Assert.Equal(3 * y, larger.Y, 1e-9);
    }

    [Theory]
    [InlineData("front")]
    [InlineData("arms-raised")]
    public void Around_Pose_HoldsEveryJointAndIsCentredOnTheHips(string name)
    {
        var pose = PoseLibrary.Load().Get(name).ToPose().Map((x, y) => (300 + (x * 200), 400 + (y * 200)));

        var square = PersonSquare.Around(pose);

        Assert.Equal((pose[Joint.RightHip].X + pose[Joint.LeftHip].X) / 2, square.CenterX, 1e-3);
        Assert.Equal(0, square.Angle);
        Assert.All(pose.Keypoints.ToArray().Where(joint => !joint.IsMissing), joint =>
        {
            var (across, down) = square.FromPhoto(joint.X, joint.Y);
            Assert.InRange(across, 0.1, 0.9);
            Assert.InRange(down, 0.1, 0.9);
        });
    }
}
