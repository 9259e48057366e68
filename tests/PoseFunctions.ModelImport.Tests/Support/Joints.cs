using System.Globalization;

namespace PoseFunctions.ModelImport.Tests.Support;

/// <summary>The 17 joints of COCO: where they are among BlazePose's landmarks, and where an annotation has them.</summary>
internal static class Joints
{
    /// <summary>BlazePose's number of each joint, in COCO's order.</summary>
    public static IReadOnlyList<int> Landmarks { get; } = [0, 2, 5, 7, 8, 11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28];

    /// <summary>Reads a line of names and one of x and y in turn.</summary>
    public static IReadOnlyList<(float X, float Y)> Read(string path) =>
    [
        .. File.ReadLines(path).Skip(1).First().Split(',')
            .Select(value => float.Parse(value, CultureInfo.InvariantCulture)).Chunk(2).Select(pair => (pair[0], pair[1])),
    ];
}
