using System.Buffers.Binary;

namespace PoseFunctions.Imaging.Colours;

/// <summary>
/// An ICC profile that describes RGB by three curves and a matrix, as those of cameras, phones and screens do (Display P3, Adobe
/// RGB, sRGB itself): ICC.1:2022, section 8.3. libvips converts by every kind of profile; this is for the codec that converts by none.
/// </summary>
internal sealed class MatrixProfile
{
    private const int HeaderLength = 128;
    private const int TagLength = 12;
    private const int MostTags = 100;

    // From the profile connection space, XYZ under D50, to the light of sRGB: the inverse of sRGB's own primaries, adapted to D50.
    private static readonly float[] ToLightOfSrgb =
    [
        3.1338561f, -1.6168667f, -0.4906146f,
        -0.9787684f, 1.9161415f, 0.0334540f,
        0.0719453f, -0.2289914f, 1.4052427f,
    ];

    private static readonly byte[] StoredBySrgbLight = [.. Enumerable.Range(0, 16384).Select(step => StoreAsSrgb(step / 16383.0))];

    private readonly float[][] curves;
    private readonly float[] matrix;

    private MatrixProfile(float[][] curves, float[] matrix)
    {
        this.curves = curves;
        this.matrix = matrix;
    }

    /// <summary>Reads a profile; null for one of another kind, or a damaged one.</summary>
    public static MatrixProfile? Read(ReadOnlySpan<byte> profile)
    {
        if (profile.Length < HeaderLength + 4 || !profile[16..].StartsWith("RGB XYZ "u8) || !profile[36..].StartsWith("acsp"u8))
        {
            return null;
        }

        var curves = new float[3][];
        var matrix = new float[9];
        ReadOnlySpan<byte> channels = "rgb"u8;
        Span<byte> name = stackalloc byte[4];
        for (var channel = 0; channel < 3; channel++)
        {
            name[0] = channels[channel];
            "TRC"u8.CopyTo(name[1..]);
            var curve = ToneCurve.Read(Tag(profile, name));
            "XYZ"u8.CopyTo(name[1..]);
            var primary = Tag(profile, name);
            if (curve is null || primary.Length < 20)
            {
                return null;
            }

            curves[channel] = curve;
            AddPrimary(matrix, channel, primary[8..]);
        }

        return new(curves, matrix);
    }

    /// <summary>Converts interleaved 8-bit pixels of this profile to sRGB, in place.</summary>
    public void ToSrgb(Span<byte> pixels)
    {
        for (var i = 0; i + 2 < pixels.Length; i += 3)
        {
            var (red, green, blue) = (curves[0][pixels[i]], curves[1][pixels[i + 1]], curves[2][pixels[i + 2]]);
            for (var channel = 0; channel < 3; channel++)
            {
                var row = matrix.AsSpan(3 * channel, 3);
                pixels[i + channel] = Store((row[0] * red) + (row[1] * green) + (row[2] * blue));
            }
        }
    }

    private static void AddPrimary(float[] matrix, int channel, ReadOnlySpan<byte> xyz)
    {
        for (var row = 0; row < 3; row++)
        {
            for (var i = 0; i < 3; i++)
            {
                var part = BinaryPrimitives.ReadInt32BigEndian(xyz[(4 * i)..]) / 65536f;
                matrix[(3 * row) + channel] += ToLightOfSrgb[(3 * row) + i] * part;
            }
        }
    }

    private static ReadOnlySpan<byte> Tag(ReadOnlySpan<byte> profile, ReadOnlySpan<byte> name)
    {
        var count = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(profile[HeaderLength..]), MostTags);
        for (var i = 0; i < count; i++)
        {
            var at = HeaderLength + 4 + (i * TagLength);
            if (at + TagLength > profile.Length)
            {
                break;
            }

            long offset = BinaryPrimitives.ReadUInt32BigEndian(profile[(at + 4)..]);
            long length = BinaryPrimitives.ReadUInt32BigEndian(profile[(at + 8)..]);
            if (profile[at..].StartsWith(name) && offset + length <= profile.Length)
            {
                return profile.Slice((int)offset, (int)length);
            }
        }

        return [];
    }

    private static byte Store(float light) =>
        StoredBySrgbLight[(int)((Math.Clamp(light, 0, 1) * (StoredBySrgbLight.Length - 1)) + 0.5f)];

    // IEC 61966-2-1, section 5.2.
    private static byte StoreAsSrgb(double light) =>
        (byte)Math.Round(255 * (light <= 0.0031308 ? 12.92 * light : (1.055 * Math.Pow(light, 1 / 2.4)) - 0.055));
}
