using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Core.Generation.Rendering;

/// <summary>One hash over all that determines a result besides the model and the machine.</summary>
internal static class InputHash
{
    /// <summary>SHA-256, lower-case hex: of pictures, poses, parsing maps and noise as the generator gets them, and of how the result is written.</summary>
    /// <param name="job">The job.</param>
    /// <param name="inputs">What the generator was given: one input a view of the person, the job's own photo first.</param>
    /// <param name="placement">Where the generated frame lies in the picture.</param>
    /// <param name="size">Size of the result.</param>
    public static string Of(JobRecord job, IReadOnlyList<GenerationInput> inputs, FramePlacement placement, ImageSize size)
    {
        var input = inputs[0];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, input.SourceImage.ContentHash());
        Add(hash, input.SourcePose);
        Add(hash, input.TargetPose);
        Add(hash, input.SourceParsing);
        Add(hash, input.TargetParsing);
        var (output, noise, window) = (job.Request.Output, input.Noise, placement.Window);
        Add(hash, string.Create(CultureInfo.InvariantCulture, $"{noise.Seed}/{noise.Stream} {output.Format} {output.Quality} {size} {output.Background.Name}"));
        Add(hash, string.Create(CultureInfo.InvariantCulture, $"{window.X:R} {window.Y:R} {window.Width:R} {window.Height:R}"));

        // Detail and background come from the photos at their full size, by what the parser sees in them.
        Add(hash, $"{job.Source.PixelHash} {job.Scene?.PixelHash} {job.Request.Person} {job.Source.ParserVersion}");
        foreach (var (further, source) in inputs.Skip(1).Zip(job.Sources))
        {
            Add(hash, further.SourceImage.ContentHash());
            Add(hash, further.SourcePose);
            Add(hash, further.SourceParsing);
            Add(hash, $"{source.PixelHash} {job.Request.PersonInSources} {source.ParserVersion}");
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, Pose pose)
    {
        var numbers = new float[3 * Skeleton.JointCount];
        foreach (var (index, keypoint) in pose.Keypoints.ToArray().Index())
        {
            (numbers[3 * index], numbers[(3 * index) + 1], numbers[(3 * index) + 2]) =
                keypoint.IsMissing ? (0, 0, 0) : (keypoint.X, keypoint.Y, 1);
        }

        Add(hash, MemoryMarshal.AsBytes<float>(numbers));
    }

    private static void Add(IncrementalHash hash, LabelMap? map) => Add(hash, map?.Labels ?? []);

    private static void Add(IncrementalHash hash, string text) => Add(hash, Encoding.UTF8.GetBytes(text));

    // Lengths separate the parts, so that no two different lists hash alike.
    private static void Add(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
