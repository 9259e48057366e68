using System.IO.Compression;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Storage.People;

/// <summary>
/// A parsed photo as it is stored. The label map is compressed, because it shrinks a hundredfold; the picture is PNG
/// already and would only cost time.
/// </summary>
/// <param name="PhotoSize">Upright size of the photo.</param>
/// <param name="Keypoints">x, y and confidence of every joint in turn, in photo pixels.</param>
/// <param name="MapSize">Size of the label map.</param>
/// <param name="CompressedLabels">The label map, row by row, as a zlib stream.</param>
/// <param name="LabelNames">Names by label.</param>
/// <param name="Square">The square of the photo that the label map covers.</param>
/// <param name="Area">The part of the photo that the picture shows.</param>
/// <param name="Picture">PNG.</param>
/// <param name="People">How many people were found.</param>
/// <param name="Turns">Quarter turns clockwise from the decoded photo to the upright one.</param>
/// <param name="LabelMeanings">By label, which of our labels it may stand for; null where the names are ours.</param>
internal sealed record ParsedPhotoDocument(
    ImageSize PhotoSize,
    float[] Keypoints,
    ImageSize MapSize,
    byte[] CompressedLabels,
    IReadOnlyList<string> LabelNames,
    PersonSquare Square,
    PixelRectangle Area,
    byte[] Picture,
    int People,
    int Turns,
    IReadOnlyList<IReadOnlyList<string>>? LabelMeanings = null)
{
    /// <summary>Version of this form; part of the blob's name, so that no version meets a form that it does not know.</summary>
    public const int FormVersion = 3;

    private const int NumbersPerJoint = 3;
    private const int LargestMap = 64_000_000;

    public static ParsedPhotoDocument Of(ParsedPhoto photo)
    {
        var (pose, map, square) = photo.Person;
        float[] keypoints = [.. pose.Keypoints.ToArray().SelectMany(point => new[] { point.X, point.Y, point.Confidence })];
        var (area, picture) = photo.Surroundings;
        return new(
            photo.PhotoSize,
            keypoints,
            map.Size,
            Compress(map.Labels),
            map.LabelNames,
            square,
            area,
            picture,
            photo.People,
            photo.Turns,
            map.LabelMeanings);
    }

    /// <summary>The parsed photo.</summary>
    /// <exception cref="InvalidDataException">The parts do not fit together.</exception>
    public ParsedPhoto ToPhoto()
    {
        if (PhotoSize.Pixels < 1 || !(Square.Side > 0) || Area.Width < 1 || Area.Height < 1 || Turns is < 0 or > 3 || MapSize.Pixels is < 1 or > LargestMap || Keypoints.Length != NumbersPerJoint * Skeleton.JointCount)
        {
            throw new InvalidDataException("The sizes of a stored parsed photo are not possible.");
        }

        var keypoints = Keypoints.Chunk(NumbersPerJoint).Select(point => new Keypoint(point[0], point[1], point[2])).ToArray();
        var labels = Decompress(CompressedLabels, checked((int)MapSize.Pixels));
        if (LabelMeanings is not null && LabelMeanings.Count != LabelNames.Count)
        {
            throw new InvalidDataException("A stored label map has labels without a meaning.");
        }

        if (labels.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)(LabelNames.Count - 1)))
        {
            throw new InvalidDataException("A stored label map has labels without a name.");
        }

        var person = new ParsedPerson(new Pose(keypoints), new(MapSize, labels, LabelNames, LabelMeanings), Square);
        return new(PhotoSize, person, new(Area, Picture)) { People = People, Turns = Turns };
    }

    private static byte[] Compress(byte[] labels)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest))
        {
            zlib.Write(labels);
        }

        return compressed.ToArray();
    }

    private static byte[] Decompress(byte[] compressed, int length)
    {
        var labels = new byte[length];
        using var zlib = new ZLibStream(new MemoryStream(compressed), CompressionMode.Decompress);
        zlib.ReadExactly(labels);
        return labels;
    }
}
