using System.Text;
using Microsoft.Extensions.Options;
using NetVips;
using PoseFunctions.Core.Images;
using PoseFunctions.Testing;
using Xunit;

namespace PoseFunctions.Imaging.Tests.Orientation;

/// <summary>Photos come out upright, wherever their file says how they lie.</summary>
public sealed class OrientationTests
{
    private const string RawExif = "Raw profile type exif";
    private const string RawApp1 = "Raw profile type APP1";
    private const string Xmp = "XML:com.adobe.xmp";

    private readonly ImageCodec codec = new(Options.Create(new ImageLimits()));

    public static TheoryData<string> Places =>
    [
        "eXIf", "eXIf behind the pixels", "tEXt exif", "zTXt exif", "iTXt exif", "compressed iTXt exif", "zTXt APP1", "zTXt APP1 without name",
        "zTXt exif behind the pixels", "iTXt XMP", "compressed iTXt XMP", "XMP behind the pixels", "XMP element", "XMP as APP1", "XMP as raw profile",
    ];

    [Theory]
    [MemberData(nameof(Places))]
    public void Decode_Png_IsUprightWhereverItSaysSo(string place)
    {
        using var upright = TestPictures.Corners(160, 96);
        for (var orientation = 1; orientation <= 8; orientation++)
        {
            using var stored = TestPictures.Stored(upright, orientation);
            var file = Place(codec.Encode(stored, new(ImageFormat.Png)), place, orientation);

            var info = codec.Identify(file);
            using var decoded = codec.Decode(file);

            Assert.Equal(orientation, info.Orientation);
            Assert.Equal(upright.ContentHash(), decoded.ContentHash());
        }
    }

    [Theory]
    [InlineData(ImageFormat.Jpeg, false)]
    [InlineData(ImageFormat.Jpeg, true)]
    [InlineData(ImageFormat.WebP, false)]
    [InlineData(ImageFormat.WebP, true)]
    public void Decode_OtherFormatWithXmpOnly_IsUpright(ImageFormat format, bool asElement)
    {
        using var upright = TestPictures.Corners(160, 96);
        using var stored = TestPictures.Stored(upright, 6);

        using var decoded = codec.Decode(WithXmp(stored, format, Packet(6, asElement)));

        Assert.InRange(TestPictures.Difference(upright, decoded), 0, 4);
    }

    [Fact]
    public void Decode_ExifAndXmpDisagree_ExifIsFollowed()
    {
        using var upright = TestPictures.Corners(160, 96);
        using var stored = TestPictures.Stored(upright, 6);
        var png = PngFiles.InFront(codec.Encode(stored, new(ImageFormat.Png)), "iTXt", PngFiles.InternationalText(Xmp, Packet(3)));
        var jpeg = TestPictures.WithExif(WithXmp(stored, ImageFormat.Jpeg, Packet(3)), 6);

        using var fromText = codec.Decode(PngFiles.Behind(png, "tEXt", PngFiles.Text(RawExif, PngFiles.RawProfile("exif", Exif(6)))));
        using var fromChunk = codec.Decode(PngFiles.InFront(png, "eXIf", TestPictures.ExifBlock(6)));
        using var fromJpeg = codec.Decode(jpeg);

        Assert.Equal(upright.ContentHash(), fromText.ContentHash());
        Assert.Equal(upright.ContentHash(), fromChunk.ContentHash());
        Assert.InRange(TestPictures.Difference(upright, fromJpeg), 0, 4);
    }

    [Fact]
    public void Decode_ExifOfEitherByteOrder_IsUpright()
    {
        byte[] bigEndian = [.. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 8, 0, 0, 0, 0, 0, 0];
        using var upright = TestPictures.Corners(160, 96);
        using var stored = TestPictures.Stored(upright, 8);
        var png = codec.Encode(stored, new(ImageFormat.Png));

        using var decoded = codec.Decode(PngFiles.InFront(png, "zTXt", PngFiles.CompressedText(RawExif, PngFiles.RawProfile("exif", bigEndian))));

        Assert.Equal(upright.ContentHash(), decoded.ContentHash());
    }

    [Fact]
    public void Decode_AvifWhoseXmpRepeatsWhatTheFormatSays_IsNotTurnedTwice()
    {
        using var picture = TestPictures.Corners(160, 96);

        var info = codec.Identify(WithXmp(picture, ImageFormat.Avif, Packet(6)));

        Assert.Equal(1, info.Orientation);
    }

    [Theory]
    [InlineData("Raw profile type exif", "\nexif\n      99\n4578")]
    [InlineData("Raw profile type exif", "\nexif\n 4000000000\n45")]
    [InlineData("Raw profile type exif", "no profile")]
    [InlineData("Raw profile type exif", "")]
    [InlineData("Raw profile type APP1", "\nAPP1\n       8\n49492a00ffffffff\n")]
    [InlineData("Raw profile type APP1", "\nAPP1\n      10\n49492a0008000000ffff\n")]
    [InlineData("XML:com.adobe.xmp", "<x")]
    [InlineData("XML:com.adobe.xmp", "<x xmlns:t='http://ns.adobe.com/tiff/1.0/' t:Orientation='9'/>")]
    [InlineData("XML:com.adobe.xmp", "<!DOCTYPE x [<!ENTITY e 'ee'>]><x>&e;</x>")]
    public void Decode_MetadataThatNobodyCanRead_IsPassedOver(string keyword, string text)
    {
        using var picture = TestPictures.Corners(64, 48);
        var png = codec.Encode(picture, new(ImageFormat.Png));
        var content = Encoding.ASCII.GetBytes(text);

        foreach (var file in new[]
        {
            PngFiles.InFront(png, "tEXt", PngFiles.Text(keyword, content)),
            PngFiles.InFront(png, "zTXt", PngFiles.CompressedText(keyword, content)),
            PngFiles.Behind(png, "zTXt", [.. PngFiles.Text(keyword, [0]), .. content]),
            PngFiles.Behind(png, "iTXt", PngFiles.Text(keyword, content)),
            PngFiles.Behind(png, "eXIf", content),
        })
        {
            using var decoded = codec.Decode(file);
            Assert.Equal(picture.ContentHash(), decoded.ContentHash());
        }
    }

    [Fact]
    public void Identify_TextsThatUnpackToGigabytes_TakeLittleMemory()
    {
        using var picture = TestPictures.Corners(64, 48);
        var file = codec.Encode(picture, new(ImageFormat.Png));
        var bomb = PngFiles.CompressedText(RawExif, new byte[50_000_000]);
        for (var i = 0; i < 40; i++)
        {
            file = PngFiles.Behind(file, "zTXt", bomb);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var info = codec.Identify(file);

        Assert.Equal(1, info.Orientation);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 60_000_000);
    }

    [Fact]
    public async Task Decode_ReceivedPngWithOrientationInItsText_IsUpright()
    {
        var file = await File.ReadAllBytesAsync(SharedTestData.Require("cases", "exif6-ztxt.png"), TestContext.Current.CancellationToken);

        using var decoded = codec.Decode(file);
        using var stored = IndependentDecoder.Decode(file);
        using var turned = TestPictures.Stored(decoded, 6);

        Assert.Equal(new ImageSize(576, 768), decoded.Size);
        Assert.Equal(stored.ContentHash(), turned.ContentHash());
    }

    private static byte[] Place(byte[] png, string place, int orientation)
    {
        var profile = PngFiles.RawProfile("exif", Exif(orientation));
        var packet = Packet(orientation);
        byte[] app1 = [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. packet];
        return place switch
        {
            "eXIf" => PngFiles.InFront(png, "eXIf", TestPictures.ExifBlock(orientation)),
            "eXIf behind the pixels" => PngFiles.Behind(png, "eXIf", TestPictures.ExifBlock(orientation)),
            "tEXt exif" => PngFiles.InFront(png, "tEXt", PngFiles.Text(RawExif, profile)),
            "zTXt exif" => PngFiles.InFront(png, "zTXt", PngFiles.CompressedText(RawExif, profile)),
            "iTXt exif" => PngFiles.InFront(png, "iTXt", PngFiles.InternationalText(RawExif, profile)),
            "compressed iTXt exif" => PngFiles.InFront(png, "iTXt", PngFiles.CompressedInternationalText(RawExif, profile)),
            "zTXt APP1" => PngFiles.InFront(png, "zTXt", PngFiles.CompressedText(RawApp1, PngFiles.RawProfile("APP1", Exif(orientation)))),
            "zTXt APP1 without name" => PngFiles.InFront(
                png, "zTXt", PngFiles.CompressedText(RawApp1, PngFiles.RawProfile("generic profile", TestPictures.ExifBlock(orientation)))),
            "zTXt exif behind the pixels" => PngFiles.Behind(png, "zTXt", PngFiles.CompressedText(RawExif, profile)),
            "iTXt XMP" => PngFiles.InFront(png, "iTXt", PngFiles.InternationalText(Xmp, packet)),
            "compressed iTXt XMP" => PngFiles.InFront(png, "iTXt", PngFiles.CompressedInternationalText(Xmp, packet)),
            "XMP behind the pixels" => PngFiles.Behind(png, "iTXt", PngFiles.InternationalText(Xmp, packet)),
            "XMP element" => PngFiles.InFront(png, "iTXt", PngFiles.InternationalText(Xmp, Packet(orientation, asElement: true))),
            "XMP as APP1" => PngFiles.InFront(png, "zTXt", PngFiles.CompressedText(RawApp1, PngFiles.RawProfile("APP1", app1))),
            "XMP as raw profile" => PngFiles.InFront(png, "zTXt", PngFiles.CompressedText("Raw profile type xmp", PngFiles.RawProfile("xmp", packet))),
            _ => throw new ArgumentException($"There is no place '{place}'.", nameof(place)),
        };
    }

    private static byte[] Exif(int orientation) => [.. "Exif\0\0"u8, .. TestPictures.ExifBlock(orientation)];

    private static byte[] Packet(int orientation, bool asElement = false) => Encoding.UTF8.GetBytes(
        $"""
        <?xpacket begin="{'\uFEFF'}" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about="" xmlns:t="http://ns.adobe.com/tiff/1.0/" {(asElement ? "" : $"t:Orientation=\"{orientation}\"")}>
        {(asElement ? $"<t:Orientation>{orientation}</t:Orientation>" : "")}
        </rdf:Description></rdf:RDF></x:xmpmeta>
        <?xpacket end="w"?>
        """.ReplaceLineEndings("\n").Replace("> \n", ">\n", StringComparison.Ordinal));

    private static byte[] WithXmp(RgbImage picture, ImageFormat format, byte[] packet)
    {
        using var pixels = Image.NewFromMemory<byte>(picture.Memory, picture.Size.Width, picture.Size.Height, 3, Enums.BandFormat.Uchar);
        using var srgb = pixels.Copy(interpretation: Enums.Interpretation.Srgb);
        using var tagged = srgb.Mutate(mutable => mutable.Set(GValue.BlobType, "xmp-data", packet));
        return format switch
        {
            ImageFormat.Jpeg => tagged.JpegsaveBuffer(q: 95, keep: Enums.ForeignKeep.Xmp),
            ImageFormat.WebP => tagged.WebpsaveBuffer(q: 95, keep: Enums.ForeignKeep.Xmp),
            _ => tagged.HeifsaveBuffer(q: 95, compression: Enums.ForeignHeifCompression.Av1, bitdepth: 8, keep: Enums.ForeignKeep.Xmp),
        };
    }
}
