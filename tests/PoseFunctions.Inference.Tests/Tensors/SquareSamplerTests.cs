using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;
using PoseFunctions.Inference.Tensors;
using Xunit;

namespace PoseFunctions.Inference.Tests.Tensors;

/// <summary>Squares of a photo of 4 x 4 pixels whose red is 10 a column and 50 a row, by hand.</summary>
public sealed class SquareSamplerTests : IDisposable
{
    private static readonly PixelNormalizer Plain = new([0, 0, 0], [1, 1, 1]);

    private readonly RgbImage photo = RgbImage.Rent(new(4, 4));

    public SquareSamplerTests()
    {
        for (var pixel = 0; pixel < 16; pixel++)
        {
            photo.Pixels.Slice(3 * pixel, 3).Clear();
            photo.Pixels[3 * pixel] = Red(pixel % 4, pixel / 4);
        }
    }

    [Fact]
    public void Sample_WholePhoto_IsThePhoto() => Assert.Equal(
        [0, 10, 20, 30, 50, 60, 70, 80, 100, 110, 120, 130, 150, 160, 170, 180], Sample(4, new(2, 2, 4, 0)));

    [Fact]
    public void Sample_FewerPixelsThanThePhoto_AreTheMeansOfWhatTheyCover() =>
        Assert.Equal([30, 50, 130, 150], Sample(2, new(2, 2, 4, 0)));

    [Fact]
    public void Sample_PersonTurnedClockwise_StandsInTheSquare() =>
        Assert.Equal(Expected((row, column) => Red(3 - row, column)), Sample(4, new(2, 2, 4, Math.PI / 2)));

    [Fact]
    public void Sample_PersonOnTheHead_StandsInTheSquare() =>
        Assert.Equal(Expected((row, column) => Red(3 - column, 3 - row)), Sample(4, new(2, 2, 4, Math.PI)));

    [Fact]
    public void Sample_BeyondThePhoto_IsBlack() => Assert.Equal(
        Expected((row, column) => row >= 2 && column >= 2 ? Red(column - 2, row - 2) : (byte)0), Sample(4, new(0, 0, 4, 0)));

    [Fact]
    public void Sample_Normalizer_IsAppliedChannelByChannel()
    {
        photo.Pixels.Fill(100);
        var values = new float[3];

        new SquareSampler(1, new([0, 50, 100], [100, 50, 10])).Sample(photo, new(2, 2, 4, 0), values);

        Assert.Equal([1f, 1f, 0f], values);
    }

    public void Dispose() => photo.Dispose();

    private static byte Red(int column, int row) => (byte)((10 * column) + (50 * row));

    private static float[] Expected(Func<int, int, byte> red) => [.. Enumerable.Range(0, 16).Select(pixel => (float)red(pixel / 4, pixel % 4))];

    private float[] Sample(int size, PersonSquare square)
    {
        var planar = new float[3 * size * size];
        new SquareSampler(size, Plain).Sample(photo, square, planar);
        Assert.All(planar[(size * size)..], value => Assert.Equal(0, value));
        return [.. planar[..(size * size)].Select(value => MathF.Round(value, 3))];
    }
}
