using System.Buffers.Binary;
using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PoseFunctions.Infrastructure.Tests.Docker;
using PoseFunctions.Testing;

namespace PoseFunctions.Infrastructure.Tests;

/// <summary>
/// What the image holds of CUDA is what ONNX Runtime's CUDA provider asks for. Read from the package, where it has been restored:
/// <c>dotnet restore src/PoseFunctions.Inference -p:Accelerator=Cuda</c>.
/// </summary>
public sealed partial class CudaProviderTests
{
    private const string Package = "Microsoft.ML.OnnxRuntime.Gpu.Linux";

    // A container of device code: magic number, version, length of this header; then its entries.
    private const uint FatBinary = 0xBA55ED50;
    private const int HeaderLength = 16;
    private const int MachineCode = 2;

    [Fact]
    public async Task Image_LibrariesOfCuda_AreAllThatTheProviderLinksTo()
    {
        using var ldd = Process.Start(new ProcessStartInfo("ldd", [Provider()]) { RedirectStandardOutput = true })!;
        var output = await ldd.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var linked = CudaLibrary().Matches(output).Select(match => match.Value).Distinct().ToArray();
        var copied = Dockerfile.Read("Dockerfile.worker").Stages.Single(stage => stage.Name == "cuda").Of("RUN").First().Text.Split(' ');

        Assert.Contains("libcudart.so.13", linked);

        // The driver's library comes with the machine.
        Assert.Empty(linked.Except(["libcuda.so.1"]).Except(copied));
    }

    [Theory]
    [InlineData("Consumption-GPU-NC8as-T4", 75)]
    [InlineData("Consumption-GPU-NC24-A100", 80)]
    public void Provider_Code_IsThereForTheGpuOfTheProfile(string profile, int generation)
    {
        var parameters = File.ReadAllText(RepositoryRoot.Combine("infra", "main.bicep"));

        Assert.Contains($"'{profile}'", parameters, StringComparison.Ordinal);
        Assert.Contains(generation, Generations(File.ReadAllBytes(Provider())));
    }

    private static SortedSet<int> Generations(ReadOnlySpan<byte> library)
    {
        var found = new SortedSet<int>();
        Span<byte> magic = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(magic, FatBinary);
        for (var next = library.IndexOf(magic); next >= 0; next = library.IndexOf(magic))
        {
            library = library[next..];
            if (BinaryPrimitives.ReadUInt16LittleEndian(library[6..]) == HeaderLength)
            {
                var entries = library.Slice(HeaderLength, checked((int)BinaryPrimitives.ReadUInt64LittleEndian(library[8..])));
                AddGenerations(entries, found);
            }

            library = library[magic.Length..];
        }

        return found;
    }

    // An entry: kind (16 bits), then at 4 the length of its header, at 8 that of its code, at 28 the generation.
    private static void AddGenerations(ReadOnlySpan<byte> entries, SortedSet<int> found)
    {
        while (entries.Length > 32)
        {
            if (BinaryPrimitives.ReadUInt16LittleEndian(entries) == MachineCode)
            {
                found.Add(BinaryPrimitives.ReadInt32LittleEndian(entries[28..]));
            }

            var length = BinaryPrimitives.ReadUInt32LittleEndian(entries[4..]) + BinaryPrimitives.ReadUInt64LittleEndian(entries[8..]);
            entries = entries[checked((int)length)..];
        }
    }

    private static string Provider()
    {
        var packages = typeof(CudaProviderTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "NuGetPackageRoot").Value!;
        var version = XDocument.Load(RepositoryRoot.Combine("Directory.Packages.props")).Descendants("PackageVersion")
            .Single(package => package.Attribute("Include")?.Value == Package).Attribute("Version")!.Value;
        var path = Path.Combine(packages, Package.ToLowerInvariant(), version, "runtimes", "linux-x64", "native", "libonnxruntime_providers_cuda.so");
        Assert.SkipUnless(File.Exists(path), $"{Package} {version} has not been restored.");
        return path;
    }

    [GeneratedRegex(@"\blib(cu|nv)\w+\.so\.\d+")]
    private static partial Regex CudaLibrary();
}
