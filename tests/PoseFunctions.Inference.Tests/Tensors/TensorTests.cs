using PoseFunctions.Core.Images;
using PoseFunctions.Core.Models;
using PoseFunctions.Core.Poses;
using PoseFunctions.Inference.Tensors;
using Xunit;

namespace PoseFunctions.Inference.Tests.Tensors;

public sealed class TensorTests
{
    private static readonly PixelNormalizer Signed = new([127.5f, 127.5f, 127.5f], [127.5f, 127.5f, 127.5f]);
    private static readonly PixelNormalizer Raw = new([0, 0, 0], [1, 1, 1]);

    [Fact]
    public void Denormalize_AfterNormalize_GivesEveryByteBack()
    {
        var bytes = Enumerable.Range(0, 3 * 256).Select(i => (byte)(i / 3)).ToArray();
        var (planar, back) = (new float[bytes.Length], new byte[bytes.Length]);

        Signed.Normalize(bytes, planar);
        Assert.Equal((-1f, 1f), (planar.Min(), planar.Max()));
        Signed.Denormalize(planar, back);

        Assert.Equal(bytes, back);
    }

    [Fact]
    public void Denormalize_BeyondTheRange_Clips()
    {
        var bytes = new byte[6];

        Signed.Denormalize([-3f, 3f, -3f, 3f, -3f, 3f], bytes);

        Assert.Equal([0, 0, 0, 255, 255, 255], bytes);
    }

    [Fact]
    public void Render_KeypointAtAPixelsCenter_IsTheGaussianOfTheFormula()
    {
        var keypoints = new Keypoint[Skeleton.JointCount];
        keypoints[(int)Joint.Nose] = new(5.5f, 3.5f);
        var renderer = new HeatmapRenderer([Joint.Nose, Joint.Neck], sigma: 6, width: 12, height: 8);
        var maps = new float[renderer.Elements];

        renderer.Render(new Pose(keypoints), maps);

        Assert.Equal(1f, maps[(3 * 12) + 5]);
        for (var i = 0; i < 96; i++)
        {
            var (row, column) = (i / 12, i % 12);
            Assert.Equal(Math.Exp(-(Math.Pow(row - 3, 2) + Math.Pow(column - 5, 2)) / 72), maps[i], 1e-6);
        }

        Assert.All(maps[96..], value => Assert.Equal(0f, value));
    }

    [Fact]
    public void Sample_RegionOfTheNativeSize_CopiesPixels()
    {
        using var photo = Ramp(6, 5);
        var planar = new float[3 * 2 * 3];

        new PhotoSampler(new(3, 2), Raw, null).Sample(photo, new(1, 2, 3, 2), planar);

        Assert.Equal([21f, 22, 23, 31, 32, 33], planar[..6]);
    }

    [Fact]
    public void Sample_BeyondThePhoto_PadsWithTheGivenValue()
    {
        using var photo = Ramp(4, 4);
        var planar = new float[3 * 8 * 8];

        new PhotoSampler(new(8, 8), Raw, padding: 7).Sample(photo, new(-2, -2, 8, 8), planar);

        Assert.Equal(7f, planar[0]);
        Assert.Equal(7f, planar[^1]);
        Assert.Equal(11f, planar[(3 * 8) + 3]);
    }

    [Fact]
    public void Sample_ShrinkingFineStripes_AveragesThem()
    {
        using var photo = RgbImage.Rent(new(64, 64));
        for (var i = 0; i < photo.Pixels.Length; i++)
        {
            photo.Pixels[i] = (byte)(((i / 3) % 2) * 200); // stripes of one pixel would turn to moire without a filter
        }

        var planar = new float[3 * 16];
        new PhotoSampler(new(4, 4), Raw, null).Sample(photo, PhotoRegion.Whole(photo.Size, new(4, 4), PhotoFit.Letterbox), planar);

        // At the frame the edge counts more than once; without a filter every value would be 0 or 200.
        Assert.All(planar, value => Assert.Equal(100, value, 20.0));
    }

    private static RgbImage Ramp(int width, int height)
    {
        var image = RgbImage.Rent(new(width, height));
        for (var i = 0; i < width * height; i++)
        {
            image.Pixels.Slice(3 * i, 3).Fill((byte)((10 * (i / width)) + (i % width)));
        }

        return image;
    }
}
