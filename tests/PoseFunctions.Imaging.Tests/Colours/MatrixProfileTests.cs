using Microsoft.Extensions.Options;
using PoseFunctions.Core.Images;
using PoseFunctions.Imaging.Colours;
using PoseFunctions.Imaging.Decoders;
using PoseFunctions.Imaging.Native;
using Xunit;

namespace PoseFunctions.Imaging.Tests.Colours;

public sealed class MatrixProfileTests
{
    private readonly ImageCodec codec = new(Options.Create(new ImageLimits()));

    [Fact]
    public void ToSrgb_DisplayP3_AgreesWithLibVips()
    {
        using var picture = TestPictures.Corners(160, 96);
        var file = PhotoFiles.DisplayP3(picture, withProfile: true);
        using var expected = codec.Decode(file);
        using var stored = codec.Decode(PhotoFiles.DisplayP3(picture, withProfile: false));

        MatrixProfile.Read(ProfileOf(file))!.ToSrgb(stored.Pixels);

        Assert.InRange(TestPictures.Difference(expected, stored), 0, 0.6);
    }

    [Fact]
    public void Read_DamagedAnywhere_NeverThrows()
    {
        const int seed = 5;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var picture = TestPictures.Corners(16, 16);
        var profile = ProfileOf(PhotoFiles.DisplayP3(picture, withProfile: true));
        using var pixels = TestPictures.Corners(16, 16);

        for (var i = 0; i < 2000; i++)
        {
            var damaged = profile[..random.Next(profile.Length + 1)].ToArray();
            for (var change = 0; change < 8 && damaged.Length > 0; change++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            MatrixProfile.Read(damaged)?.ToSrgb(pixels.Pixels);
        }
    }

    [Theory]
    [InlineData("cmyk")]
    [InlineData("")]
    public void Read_OtherKindOfProfile_IsNotUnderstood(string kind)
    {
        using var picture = TestPictures.Corners(16, 16);
        var profile = kind == "" ? [] : ProfileOf(PhotoFiles.Cmyk(picture, withProfile: true));

        Assert.Null(MatrixProfile.Read(profile));
    }

    // Each formula with parameters that make it the plain 2.0 curve, or a line where the formula has one.
    [Theory]
    [InlineData(0, new[] { 2.0 })]
    [InlineData(1, new[] { 2.0, 1.0, 0.0 })]
    [InlineData(2, new[] { 2.0, 1.0, 0.0, 0.0 })]
    [InlineData(3, new[] { 2.0, 1.0, 0.0, 0.5, 0.0 })]
    [InlineData(4, new[] { 2.0, 1.0, 0.0, 0.5, 0.0, 0.0, 0.0 })]
    public void ToneCurve_EveryFormula_GivesItsValues(int function, double[] parameters)
    {
        byte[] tag = [.. "para"u8, 0, 0, 0, 0, 0, (byte)function, 0, 0, .. parameters.SelectMany(Fixed)];

        var curve = ToneCurve.Read(tag)!;

        Assert.Equal(1, curve[255], 4);
        Assert.Equal(Math.Pow(100 / 255.0, 2), curve[100], 4);
        Assert.Equal(0, curve[0], 4);
    }

    [Fact]
    public void ToneCurve_Samples_AreInterpolated()
    {
        byte[] identity = [.. "curv"u8, 0, 0, 0, 0, 0, 0, 0, 0];
        byte[] gamma = [.. "curv"u8, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0];
        byte[] three = [.. "curv"u8, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0x40, 0, 0xFF, 0xFF];

        Assert.Equal(0.2, ToneCurve.Read(identity)![51], 4);
        Assert.Equal(0.04, ToneCurve.Read(gamma)![51], 4);
        Assert.Equal(0.25 * 2 * 0.2, ToneCurve.Read(three)![51], 3);
    }

    private static IEnumerable<byte> Fixed(double value) => BitConverter.GetBytes((int)(value * 65536)).Reverse();

    private static byte[] ProfileOf(byte[] file)
    {
        using var pinned = new PinnedMemory(file);
        using var image = ImageLoader.Open(pinned, ImageSignature.Detect(file)!.Value, Shrink.None);
        return image.GetMetadata("icc-profile-data").ToArray();
    }
}
