using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Testing.Builders;

namespace PoseFunctions.Storage.Tests.Contracts;

/// <summary>What every <see cref="IResultStore"/> promises.</summary>
public abstract class ResultStoreContract
{
    protected const long Fence = 639_000_000_000_000_000;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract IResultStore Store { get; }

    [Fact]
    public async Task WriteAsync_NewResult_IsReadBack()
    {
        var job = AJob.NewId();

        var length = await Store.WriteAsync(job, Fence, 3, ImageFormat.WebP, Bytes(1000), Cancellation);

        Assert.Equal(1000, length);
        Assert.Equal(Bytes(1000), await ReadAsync(job, 3, ImageFormat.WebP));
    }

    [Fact]
    public async Task WriteAsync_AgainUnderTheSameClaim_KeepsTheFirstAndTellsItsLength()
    {
        var job = AJob.NewId();
        await Store.WriteAsync(job, Fence, 0, ImageFormat.Jpeg, Bytes(1000), Cancellation);

        var length = await Store.WriteAsync(job, Fence, 0, ImageFormat.Jpeg, Bytes(5), Cancellation);

        Assert.Equal(1000, length);
        Assert.Equal(Bytes(1000), await ReadAsync(job, 0, ImageFormat.Jpeg));
    }

    [Fact]
    public async Task WriteAsync_LaterClaim_ReplacesAndRefusesTheOlderOne()
    {
        var job = AJob.NewId();
        await Store.WriteAsync(job, Fence, 0, ImageFormat.Jpeg, Bytes(1000), Cancellation);

        Assert.Equal(5, await Store.WriteAsync(job, Fence + 1, 0, ImageFormat.Jpeg, Bytes(5), Cancellation));
        await Assert.ThrowsAsync<StaleClaimException>(() => Store.WriteAsync(job, Fence, 0, ImageFormat.Jpeg, Bytes(1000), Cancellation));

        Assert.Equal(Bytes(5), await ReadAsync(job, 0, ImageFormat.Jpeg));
    }

    [Fact]
    public async Task WriteAsync_EightWritersAtOnce_AllAreToldTheLengthOfTheOneResult()
    {
        var job = AJob.NewId();

        var lengths = await Task.WhenAll(Enumerable.Range(1, 8)
            .Select(writer => Store.WriteAsync(job, Fence, 0, ImageFormat.Png, Bytes(writer), Cancellation)));

        var visible = await ReadAsync(job, 0, ImageFormat.Png);
        Assert.All(lengths, length => Assert.Equal(visible!.Length, length));
    }

    [Fact]
    public async Task OpenAsync_NoResult_ReturnsNull() => Assert.Null(await ReadAsync(AJob.NewId(), 0, ImageFormat.Jpeg));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2_999_999)]
    [InlineData(3_000_000)]
    public async Task OpenAsync_AnyPosition_ReadsFromThere(int position)
    {
        var job = AJob.NewId();
        var content = Bytes(3_000_000);
        await Store.WriteAsync(job, Fence, 0, ImageFormat.Png, content, Cancellation);

        await using var stream = (await Store.OpenAsync(job, 0, ImageFormat.Png, Cancellation))!;
        Assert.Equal(content.Length, stream.Length);
        stream.Seek(position, SeekOrigin.Begin);
        using var rest = new MemoryStream();
        await stream.CopyToAsync(rest, Cancellation);

        Assert.Equal(content[position..], rest.ToArray());
    }

    [Fact]
    public async Task OpenAsync_OtherTargetOrFormat_ReturnsNull()
    {
        var job = AJob.NewId();
        await Store.WriteAsync(job, Fence, 1, ImageFormat.Jpeg, Bytes(3), Cancellation);

        Assert.Null(await ReadAsync(job, 11, ImageFormat.Jpeg));
        Assert.Null(await ReadAsync(job, 1, ImageFormat.Png));
    }

    [Fact]
    public async Task DeleteAsync_SeveralTargets_LeavesOnlyOtherJobsAndLaterClaims()
    {
        var job = AJob.NewId();
        var other = AJob.NewId();
        await Store.WriteAsync(job, Fence, 0, ImageFormat.Jpeg, Bytes(1), Cancellation);
        await Store.WriteAsync(job, Fence, 63, ImageFormat.Avif, Bytes(1), Cancellation);
        await Store.WriteAsync(other, Fence, 0, ImageFormat.Jpeg, Bytes(1), Cancellation);

        await Store.WriteAsync(job, Fence + 1, 1, ImageFormat.Jpeg, Bytes(1), Cancellation);

        await Store.DeleteAsync(job, Fence, Cancellation);
        await Store.DeleteAsync(job, Fence, Cancellation);

        Assert.Null(await ReadAsync(job, 0, ImageFormat.Jpeg));
        Assert.Null(await ReadAsync(job, 63, ImageFormat.Avif));
        Assert.NotNull(await ReadAsync(job, 1, ImageFormat.Jpeg));
        Assert.NotNull(await ReadAsync(other, 0, ImageFormat.Jpeg));
    }

    protected static byte[] Bytes(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)i)];

    private async Task<byte[]?> ReadAsync(JobId job, int target, ImageFormat format)
    {
        await using var content = await Store.OpenAsync(job, target, format, Cancellation);
        if (content is null)
        {
            return null;
        }

        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, Cancellation);
        return copy.ToArray();
    }
}
