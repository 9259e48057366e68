using System.Net;
using Azure.Storage.Sas;
using PoseFunctions.Testing.Azurite;

namespace PoseFunctions.LocalHost.Tests.Events.Proxy;

/// <summary>Runs alone: it looks at what the whole process allocates.</summary>
[CollectionDefinition(nameof(LargeUploadTests), DisableParallelization = true)]
[Collection(nameof(LargeUploadTests))]
public sealed class LargeUploadTests(AzuriteFixture azurite)
{
    private const long Size = 64L * 1024 * 1024;

    [Fact]
    public async Task Upload_OfManyMegabytes_PassesWithoutBeingHeld()
    {
        var sink = new RecordingSink();
        await using var source = await SourceUnderTest.StartAsync(azurite, sink);
        var address = source.Container.GetBlobClient("large").GenerateSasUri(BlobSasPermissions.Create, DateTimeOffset.MaxValue);
        var piece = new byte[64 * 1024];
        using var body = new GeneratedContent(
            async stream =>
            {
                for (var written = 0L; written < Size; written += piece.Length)
                {
                    await stream.WriteAsync(piece, TestContext.Current.CancellationToken);
                }
            },
            Size);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        using var answer = await PlainUpload.SendAsync(address, body);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(Size, (await sink.NextAsync()).ContentLength);
        Assert.InRange(allocated, 0, Size / 2);
    }
}
