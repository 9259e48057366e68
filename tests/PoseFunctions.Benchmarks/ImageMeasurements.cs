using System.Diagnostics;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Images;
using PoseFunctions.Imaging;
using PoseFunctions.Testing;

namespace PoseFunctions.Benchmarks;

/// <summary>What a photo of six megapixels costs: to the size that a generator takes, whole, and back into a file.</summary>
internal sealed class ImageMeasurements
{
    /// <summary>What a process of this program's is told that decodes one file.</summary>
    public const string DecodeCommand = "decode";

    private const int Rounds = 15;
    private const int GeneratorSide = 512;
    private static readonly ImageSize SixMegapixels = new(2000, 3000);

    private readonly ImageCodec codec = new(Options.Create(new ImageLimits()));

    public void Print()
    {
        Console.WriteLine($"libvips {ImageCodec.NativeVersion}, {SixMegapixels} pixels, one thread; medians of {Rounds}");
        using var photo = SixMegapixelPhoto();
        foreach (var format in Enum.GetValues<ImageFormat>())
        {
            var file = codec.Encode(photo, new(format));
            var small = Median(() => codec.Decode(file, GeneratorSide).Dispose());
            var whole = Median(() => codec.Decode(file).Dispose());
            using var result = codec.Decode(file, GeneratorSide);
            var encode = Median(() => codec.Encode(result, new(format)));
            Console.WriteLine(
                $"{format}, {file.Length / 1000} kB: header {Median(() => codec.Identify(file)):0.00} ms, "
                + $"to {GeneratorSide} pixels {small:0.0} ms, whole {whole:0.0} ms; encoding {result.Size} {encode:0.0} ms");
        }
    }

    /// <summary>
    /// The most memory that decoding took beyond what the process had, from the kernel's own count: run it in a process of its own,
    /// because that count never falls.
    /// </summary>
    public void PrintMemory(ImageFormat format, bool whole)
    {
        byte[] file;
        using (var photo = SixMegapixelPhoto())
        {
            file = codec.Encode(photo, new(format));
        }

        // The encoder's memory must not hide the decoder's: the peak is that of a process which has only the file.
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, file);
        try
        {
            using var child = Process.Start(new ProcessStartInfo(
                Environment.ProcessPath!, [.. MemoryProbe.Self(), DecodeCommand, path, whole ? "0" : $"{GeneratorSide}"]))!;
            child.WaitForExit();
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Decodes one file and prints by how much the peak of the working set rose.</summary>
    public void DecodeOnce(string path, int longSide)
    {
        var file = File.ReadAllBytes(path);
        codec.Identify(file);
        using var process = Process.GetCurrentProcess();
        var before = process.WorkingSet64;
        codec.Decode(file, longSide == 0 ? null : longSide).Dispose();
        process.Refresh();
        Console.WriteLine(
            $"{ImageSignature.Detect(file)} {(longSide == 0 ? "whole" : $"to {longSide} pixels")}: peak {(process.PeakWorkingSet64 - before) / 1e6:0} MB above {before / 1e6:0} MB");
    }

    // A shipped sample, enlarged: the content of a photo, at a size that none of them has.
    private RgbImage SixMegapixelPhoto()
    {
        var file = Directory.GetFiles(RepositoryRoot.Combine("models", "samples"), "*.jpg").Order(StringComparer.Ordinal).First();
        using var sample = codec.Decode(File.ReadAllBytes(file));
        return codec.Resize(sample, SixMegapixels);
    }

    private static double Median(Action work)
    {
        work();
        var times = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            work();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return times.Order().ElementAt(Rounds / 2);
    }
}
