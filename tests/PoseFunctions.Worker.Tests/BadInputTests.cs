using System.Buffers.Binary;
using System.Text;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Intake;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Testing;
using PoseFunctions.Testing.Azurite;
using Xunit;

namespace PoseFunctions.Worker.Tests;

/// <summary>Whatever is dropped into storage ends in a record that says what is wrong, and the worker goes on.</summary>
public sealed class BadInputTests(AzuriteFixture azurite, ITestOutputHelper output) : IClassFixture<AzuriteFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Drop_BadFiles_EachFailsWithItsCodeAndAGoodOneStillSucceeds()
    {
        var sample = await SampleAsync();
        (string Name, byte[] Content, string Code)[] files =
        [
            ("nothing.jpg", [], FailureCodes.ImageFormatUnsupported),
            ("noise.jpg", [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7))], FailureCodes.ImageFormatUnsupported),
            ("page.jpg", "<!doctype html><title>not a photo</title>"u8.ToArray(), FailureCodes.ImageFormatUnsupported),
            ("drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"u8.ToArray(), FailureCodes.ImageFormatUnsupported),
            ("film.gif", [.. "GIF89a"u8, .. new byte[2000]], FailureCodes.ImageFormatUnsupported),
            ("half.jpg", sample[..(sample.Length / 2)], FailureCodes.ImageUnreadable),
            ("bomb.png", PngHeader(60_000, 60_000), FailureCodes.ImageTooManyPixels),
            ("dot.png", PngHeader(8, 8), FailureCodes.ImageTooSmall),
        ];
        await using var worker = await WorkerUnderTest.StartAsync(azurite.ConnectionString, models: null, Cancel);
        foreach (var (name, content, code) in files)
        {
            var job = await worker.HandleAsync(name, await worker.DropAsync(name, content, Cancel), Cancel);
            output.WriteLine($"{name}: {job.Failure?.Message}");
            Assert.Equal((name, JobState.Failed, code), (name, job.State, job.Failure?.Code));
        }

        var good = await worker.HandleAsync("good.jpg", await worker.DropAsync("good.jpg", sample, Cancel), Cancel);
        Assert.True(good.State == JobState.Succeeded, $"{good.State}: {good.Failure}");
        output.WriteLine($"{files.Length} bad files, each with its own outcome");
    }

    [Theory]
    [InlineData("{tenant}/{name}.jpg")]
    [InlineData("per cent %2F and spaces.jpg")]
    [InlineData("right\u202Eto left.jpg")]
    [InlineData("folder/in/folder.jpg")]
    public async Task Drop_StrangeName_IsOnlyData(string name)
    {
        await using var worker = await WorkerUnderTest.StartAsync(azurite.ConnectionString, models: null, Cancel);
        var metadata = new Dictionary<string, string> { ["poses"] = "front" };
        var job = await worker.HandleAsync(name, await worker.DropAsync(name, await SampleAsync(), Cancel, metadata), Cancel);

        Assert.True(job.State == JobState.Succeeded, $"{job.State}: {job.Failure}");
        Assert.Equal(name, job.Source.BlobName);
    }

    [Theory]
    [InlineData("nul\0.jpg")]
    [InlineData("../other/photo.jpg")]
    public async Task Drop_NameThatNoUrlCarries_IsRefused(string name)
    {
        // Only the event is delivered, as Azure does it: the emulator cannot list a container that has a name with NUL.
        await using var worker = await WorkerUnderTest.StartAsync(azurite.ConnectionString, models: null, Cancel);
        var id = UploadHandler.JobIdOf("default", name, etag: "", new Dictionary<string, string>());

        var job = await worker.HandleAsync(name, id, Cancel);

        Assert.Equal((JobState.Failed, FailureCodes.RequestInvalid), (job.State, job.Failure?.Code));
    }

    [Fact]
    public async Task Drop_NameOfAThousandCharacters_IsOnlyData() => await Drop_StrangeName_IsOnlyData(new string('x', 1000) + ".jpg");

    [Fact]
    public async Task Drop_PictureWithoutAPerson_SaysSo()
    {
        await using var worker = await WorkerUnderTest.StartAsync(azurite.ConnectionString, models: null, Cancel);
        var job = await worker.HandleAsync("empty.png", await worker.DropAsync("empty.png", PlainPng(), Cancel), Cancel);

        Assert.Equal(FailureCodes.PersonMissing, job.Failure?.Code);
    }

    private static Task<byte[]> SampleAsync() => File.ReadAllBytesAsync(RepositoryRoot.Combine("models", "samples", "person-5.jpg"), Cancel);

    private static byte[] PlainPng()
    {
        using var image = Core.Images.RgbImage.Rent(new(300, 400));
        image.Pixels.Fill(180);
        return new Imaging.ImageCodec(Microsoft.Extensions.Options.Options.Create(new Core.Images.ImageLimits()))
            .Encode(image, new(Core.Images.ImageFormat.Png));
    }

    /// <summary>A PNG that promises a size and holds nothing.</summary>
    private static byte[] PngHeader(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = 2;
        return [0x89, .. "PNG\r\n\u001A\n"u8, .. Chunk("IHDR", header), .. Chunk("IDAT", []), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        var length = new byte[4];
        var checksum = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(checksum, System.IO.Hashing.Crc32.HashToUInt32(body));
        return [.. length, .. body, .. checksum];
    }
}
