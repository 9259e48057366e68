using System.Globalization;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Images;
using PoseFunctions.EndToEnd.Tests.Journeys;
using PoseFunctions.Imaging;
using PoseFunctions.Imaging.Tests;

namespace PoseFunctions.EndToEnd.Tests.Inputs;

/// <summary>The files that the lines of the documented table are about. All good ones show the same person.</summary>
internal sealed class InputFiles
{
    private const int TooManyBytes = 25_000_001;
    private const int NoiseSeed = 7;

    private readonly ImageCodec codec = new(Options.Create(new ImageLimits()));

    /// <summary>The ordinary photo that all good files are made from.</summary>
    public InputFile Ordinary { get; } = new("ordinary.jpg", File.ReadAllBytes(SamplePhotos.All[5]));

    /// <summary>The files of one line.</summary>
    /// <param name="input">The line's first cell.</param>
    /// <exception cref="ArgumentException">There are no files for such a line: they have to be added here.</exception>
    public InputFile[] For(string input)
    {
        var photo = Ordinary.Content;
        using var person = codec.Decode(photo);
        return input switch
        {
            "JPEG, PNG, WebP or AVIF of one person" =>
                [.. Enum.GetValues<ImageFormat>().Select(format => new InputFile($"person.{format}", codec.Encode(person, new(format, 95))))],
            "CMYK JPEG, with its profile or without" => [new("print.jpg", PhotoFiles.Cmyk(person, true)), new("bare.jpg", PhotoFiles.Cmyk(person, false))],
            "PNG of 16 bits a channel" => [new("deep.png", PhotoFiles.SixteenBit(person))],
            "any of the eight EXIF orientations" => [.. Enumerable.Range(1, 8).Select(orientation => Turned(person, orientation))],
            "orientation in an older text chunk of a PNG, or in XMP" => [.. TurnedByText(person)],
            "JPEG or PNG without its end marker, but with all pixels" =>
                [new("endless.jpg", photo[..^2]), new("endless.png", PngFiles.WithoutEnd(codec.Encode(person, new(ImageFormat.Png))))],
            "PNG that says by cICP that it is in Display P3" =>
                [new("wide.png", PngFiles.InFront(PhotoFiles.DisplayP3(person, withProfile: false), "cICP", [12, 13, 0, 1]))],
            "PNG or AVIF of HDR: BT.2020, PQ or HLG" =>
            [
                new("pq.png", PngFiles.InFront(codec.Encode(person, new(ImageFormat.Png)), "cICP", [9, 16, 0, 1])),
                new("hlg.avif", AvifFiles.WithCodePoints(codec.Encode(person, new(ImageFormat.Avif)), 9, 18)),
            ],
            "empty file" => [new("empty.jpg", [])],
            "wrong first bytes" => [new("wrong.jpg", [0, .. photo[1..]])],
            "HTML page named .jpg" => [new("page.jpg", "<!doctype html><title>no photo</title>"u8.ToArray())],
            "SVG drawing" => [new("drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='64' height='64'/>"u8.ToArray())],
            "GIF of 100 frames" => [new("film.gif", TestPictures.Gif(100))],
            "WebP of several frames" => [new("film.webp", PhotoFiles.AnimatedWebP(person, 4))],
            "file that ends early" => [new("half.jpg", photo[..(photo.Length / 2)]), new("head.png", codec.Encode(person, new(ImageFormat.Png))[..2000])],
            "right first bytes, then rubbish" => [new("noise.jpg", Noise([0xFF, 0xD8, 0xFF, 0xE0])), new("noise.webp", Noise([.. "RIFF\x20\x4E\0\0WEBPVP8 "u8]))],
            "header that promises 60,000 x 60,000 pixels" => [new("bomb.png", TestPictures.PngHeader(60_000, 60_000))],
            "picture of 8 x 8 pixels" => [new("dot.png", TestPictures.PngHeader(8, 8))],
            "file of more than 25 MB" => [new("heavy.jpg", [.. photo, .. new byte[TooManyBytes - photo.Length]])],
            "picture without a person" => [new("wall.png", Wall())],
            "name with braces, blanks or per cent signs" => [new("{}", photo), new("{tenant}/{name} {0}.jpg", photo), new("100 %2F%00.jpg", photo)],
            "name of 1,000 characters" => [new(new string('x', 996) + ".jpg", photo)],
            "name with right-to-left marks" => [new("\u202Egpj.exe\u200F.jpg", photo)],
            "name with `../`" => [new("../other/secret.jpg", photo), new("../../jobs/default/record.json", photo)],
            "name with NUL or another control character" => [new("nul\0.jpg", photo), new("bell\a.jpg", photo)],
            _ => throw new ArgumentException($"No files are known for '{input}'.", nameof(input)),
        };
    }

    private static byte[] Noise(byte[] start)
    {
        var noise = new byte[20_000];
        new Random(NoiseSeed).NextBytes(noise);
        start.CopyTo(noise, 0);
        return noise;
    }

    private InputFile Turned(RgbImage person, int orientation)
    {
        using var stored = TestPictures.Stored(person, orientation);
        var file = TestPictures.WithExif(codec.Encode(stored, new(ImageFormat.Jpeg, 95)), orientation);
        return new(string.Create(CultureInfo.InvariantCulture, $"turned-{orientation}.jpg"), file);
    }

    private IEnumerable<InputFile> TurnedByText(RgbImage person)
    {
        using var stored = TestPictures.Stored(person, 6);
        var png = codec.Encode(stored, new(ImageFormat.Png));
        var profile = PngFiles.RawProfile("exif", TestPictures.ExifBlock(6));
        var packet = "<r xmlns:t='http://ns.adobe.com/tiff/1.0/' t:Orientation='6'/>"u8.ToArray();
        return
        [
            new("text.png", PngFiles.InFront(png, "zTXt", PngFiles.CompressedText("Raw profile type exif", profile))),
            new("xmp.png", PngFiles.InFront(png, "iTXt", PngFiles.InternationalText("XML:com.adobe.xmp", packet))),
        ];
    }

    private byte[] Wall()
    {
        using var wall = RgbImage.Rent(new(300, 400));
        wall.Pixels.Fill(180);
        return codec.Encode(wall, new(ImageFormat.Png));
    }
}
