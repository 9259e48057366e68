using System.Buffers.Binary;
using PoseFunctions.Core.Images;
using Xunit;

namespace PoseFunctions.Core.Tests.Images;

public sealed class ImageSignatureTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(72)]
    [InlineData(252)]
    public void Detect_AvifBrandFurtherBack_IsFound(int offset) =>
        Assert.Equal(ImageFormat.Avif, ImageSignature.Detect(Ftyp(boxLength: 300, offset)));

    [Theory]
    [InlineData(24, 24)]
    [InlineData(300, 18)]
    [InlineData(300, 256)]
    [InlineData(0, 16)]
    public void Detect_BrandOutsideTheListOrTheFirstBytes_IsNone(uint boxLength, int offset) =>
        Assert.Null(ImageSignature.Detect(Ftyp(boxLength, offset)));

    [Fact]
    public void Detect_FirstBytesOnly_SayWhatTheWholeFileSays()
    {
        foreach (var offset in Enumerable.Range(16, 280))
        {
            var file = Ftyp(boxLength: 300, offset);
            Assert.Equal(ImageSignature.Detect(file), ImageSignature.Detect(file.AsSpan(0, ImageSignature.Length)));
        }
    }

    /// <summary>A file whose box of brands has one AVIF brand.</summary>
    private static byte[] Ftyp(uint boxLength, int offset)
    {
        var file = new byte[320];
        BinaryPrimitives.WriteUInt32BigEndian(file, boxLength);
        "ftypmif1"u8.CopyTo(file.AsSpan(4));
        "avif"u8.CopyTo(file.AsSpan(offset));
        return file;
    }
}
