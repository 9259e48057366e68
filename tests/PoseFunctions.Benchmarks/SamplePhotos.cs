using PoseFunctions.Core.Images;
using PoseFunctions.Testing;

namespace PoseFunctions.Benchmarks;

/// <summary>As many different photos as asked for: the shipped samples, each time a shade darker, so that none is parsed twice.</summary>
internal sealed class SamplePhotos(IImageCodec codec)
{
    private int made;

    public byte[][] Take(int count)
    {
        var files = Directory.GetFiles(RepositoryRoot.Combine("models", "samples"), "*.jpg").Order(StringComparer.Ordinal).ToArray();
        return [.. Enumerable.Range(0, count).Select(_ => Variant(files[made % files.Length], made++))];
    }

    private byte[] Variant(string file, int number)
    {
        using var photo = codec.Decode(File.ReadAllBytes(file));
        for (var i = 0; i < 16; i++)
        {
            // Sixteen blocks of the first row spell the number, so that the pixels differ after JPEG as well.
            photo.Pixels.Slice(24 * i, 24).Fill((number >> i & 1) == 0 ? (byte)40 : (byte)220);
        }

        return codec.Encode(photo, new(ImageFormat.Jpeg, Quality: 95));
    }
}
