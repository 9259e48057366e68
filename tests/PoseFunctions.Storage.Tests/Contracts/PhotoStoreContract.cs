using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Intake;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;

namespace PoseFunctions.Storage.Tests.Contracts;

/// <summary>What every <see cref="IPhotoStore"/> promises.</summary>
public abstract class PhotoStoreContract
{
    private static readonly byte[] Photo = [1, 2, 3, 4, 5];

    /// <summary>Names that are kept as they are.</summary>
    public static TheoryData<string> StorableNames =>
    [
        "photo.jpg", "folder/inner/photo.jpg", "with space.jpg", " outer space .jpg ", "{0}{name}{{x}}.jpg", "100%.jpg", "a%2Fb%2f..%2Fc.jpg",
        "%00.jpg", "..hidden/...x", "a?b#c&d=e+f.jpg", "<a href=\"x\">&amp;'.jpg", "~!@$^*()[];,`|:.jpg",
        "Größe/写真.jpg", "e\u0301.jpg", "\u00e9.jpg", "\u202egpj.exe", "\u200f\u05d0\u200e.jpg", "\U0001F600\u200d\U0001F525.png", "CASE.JPG",
        "double//slash.jpg", "/leading.jpg", "trailing/", "blob.json?comp=list", new string('x', 1000), new string('\u00fc', 1000),
    ];

    /// <summary>Names that a storage URL cannot carry unchanged.</summary>
    public static TheoryData<string> RefusedNames =>
    [
        "", "../photo.jpg", "../../jobs/default/x.json", "a/../b.jpg", "a/./b.jpg", "..", ".", "a/..", "photo.", "a./b.jpg", "back\\slash.jpg", "..\\x.jpg", "nul\0.jpg",
        "line\nbreak.jpg", "\u007f.jpg", "\u0085.jpg", "\ud800.jpg", "\uffff.jpg", new string('x', 1020), string.Concat(Enumerable.Repeat("a/", 300)),
    ];

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected static Tenant Owner { get; } = Tenant.Parse("shop-1");

    protected abstract IPhotoStore Store { get; }

    [Theory]
    [MemberData(nameof(StorableNames))]
    public async Task WriteAsync_StorableName_IsOpenedListedAndDeletedUnderThatName(string name)
    {
        await WriteAsync("neighbour.jpg");
        var etag = await WriteAsync(name);

        await using (var opened = await Store.OpenAsync(PhotoContainer.Uploads, Owner.ToString(), name, Cancellation))
        {
            Assert.Equal(etag, opened!.ETag);
            Assert.Equal(Photo.Length, opened.Length);
            Assert.Equal(Photo, await ReadAsync(opened));
        }

        var listed = Assert.Single(await ListAsync(), upload => upload.BlobName == name);
        Assert.Equal((Owner.ToString(), etag), (listed.TenantName, listed.ETag));

        await Store.DeleteAsync(PhotoContainer.Uploads, Owner.ToString(), name, etag, Cancellation);
        Assert.Equal(["neighbour.jpg"], (await ListAsync()).Select(upload => upload.BlobName));
    }

    [Theory]
    [MemberData(nameof(RefusedNames))]
    public async Task AnyWriteOrRead_NameThatCannotBeStored_IsRejected(string name)
    {
        var rejections = new[]
        {
            await Assert.ThrowsAsync<RejectedException>(() => WriteAsync(name)),
            await Assert.ThrowsAsync<RejectedException>(
                () => Store.OpenAsync(PhotoContainer.Uploads, Owner.ToString(), name, Cancellation)),
            await Assert.ThrowsAsync<RejectedException>(
                () => Store.CreateUploadUrlAsync(PhotoContainer.Uploads, Owner, name, DateTimeOffset.MaxValue, Cancellation)),
        };

        Assert.All(rejections, rejection => Assert.Equal(FailureCodes.RequestInvalid, rejection.Code));
    }

    [Fact]
    public async Task WriteAsync_NamesThatDifferOnlyInCaseOrComposition_AreDifferentPhotos()
    {
        string[] names = ["photo.jpg", "PHOTO.jpg", "\u00e9.jpg", "e\u0301.jpg", "a/b.jpg", "a%2Fb.jpg"];
        foreach (var name in names)
        {
            await WriteAsync(name);
        }

        Assert.Equal(names.Order(StringComparer.Ordinal), (await ListAsync()).Select(upload => upload.BlobName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task WriteAsync_Metadata_IsReadWithoutRegardToCase()
    {
        var metadata = new Dictionary<string, string> { ["Poses"] = "walk,stand", ["longside"] = "512", ["request"] = "eyJ4IjoxfQ==" };

        await Store.WriteAsync(PhotoContainer.Uploads, Owner, "m.jpg", new MemoryStream(Photo), metadata, Cancellation);

        await using var opened = await Store.OpenAsync(PhotoContainer.Uploads, Owner.ToString(), "m.jpg", Cancellation);
        Assert.Equal(3, opened!.Metadata.Count);
        Assert.Equal("walk,stand", opened.Metadata["POSES"]);
        Assert.Equal("512", opened.Metadata["LongSide"]);
        Assert.Equal("eyJ4IjoxfQ==", Assert.Single(await ListAsync()).Metadata["Request"]);
    }

    [Theory]
    [InlineData("größe")]
    [InlineData("line\r\nx-ms-evil: 1")]
    [InlineData("")]
    [InlineData(" outer")]
    public async Task WriteAsync_MetadataThatHeadersCannotCarry_IsRejected(string value)
    {
        var metadata = new Dictionary<string, string> { ["poses"] = value };

        var rejection = await Assert.ThrowsAsync<RejectedException>(() => Store.WriteAsync(
            PhotoContainer.Uploads, Owner, "m.jpg", new MemoryStream(Photo), metadata, Cancellation));

        Assert.Equal(FailureCodes.RequestInvalid, rejection.Code);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task WriteAsync_SameName_ReplacesUnderANewVersion()
    {
        var first = await WriteAsync("photo.jpg");
        var second = await WriteAsync("photo.jpg");

        Assert.NotEqual(first, second);
        Assert.Equal(second, Assert.Single(await ListAsync()).ETag);
    }

    [Fact]
    public async Task OpenAsync_NoPhoto_ReturnsNull() =>
        Assert.Null(await Store.OpenAsync(PhotoContainer.Uploads, "nobody", "photo.jpg", Cancellation));

    [Fact]
    public async Task OpenAsync_OtherContainer_ReturnsNull()
    {
        await WriteAsync("photo.jpg");

        Assert.Null(await Store.OpenAsync(PhotoContainer.PosePhotos, Owner.ToString(), "photo.jpg", Cancellation));
    }

    [Fact]
    public async Task ListUploadsAsync_PosePhotos_AreNotListed()
    {
        await Store.WriteAsync(
            PhotoContainer.PosePhotos, Owner, "p.jpg", new MemoryStream(Photo), new Dictionary<string, string>(), Cancellation);

        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task DeleteAsync_ReplacedSince_KeepsTheNewOne()
    {
        var first = await WriteAsync("photo.jpg");
        await WriteAsync("photo.jpg");

        await Store.DeleteAsync(PhotoContainer.Uploads, Owner.ToString(), "photo.jpg", first, Cancellation);

        Assert.Single(await ListAsync());
    }

    [Theory]
    [MemberData(nameof(RefusedNames))]
    public Task DeleteAsync_NameThatCannotBeStored_IsGoneAlready(string name) =>
        Store.DeleteAsync(PhotoContainer.Uploads, Owner.ToString(), name, null, Cancellation);

    [Fact]
    public async Task DeleteFolderAsync_LeavesOtherFolders()
    {
        foreach (var name in (string[])["f/1.jpg", "f/in/2.jpg", "f2/3.jpg", "f"])
        {
            await WriteAsync(name);
        }

        await Store.DeleteFolderAsync(PhotoContainer.PosePhotos, Owner, "f", Cancellation);
        Assert.Equal(4, (await ListAsync()).Count);

        await Store.DeleteFolderAsync(PhotoContainer.Uploads, Owner, "f", Cancellation);
        Assert.Equal(["f", "f2/3.jpg"], (await ListAsync()).Select(upload => upload.BlobName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task DeleteAsync_NoVersionGivenTwice_DeletesAndIsNoError()
    {
        await WriteAsync("photo.jpg");

        await Store.DeleteAsync(PhotoContainer.Uploads, Owner.ToString(), "photo.jpg", null, Cancellation);
        await Store.DeleteAsync(PhotoContainer.Uploads, Owner.ToString(), "photo.jpg", null, Cancellation);

        Assert.Empty(await ListAsync());
    }

    protected static async Task<byte[]> ReadAsync(UploadedPhoto photo)
    {
        using var copy = new MemoryStream();
        await photo.Content.CopyToAsync(copy, Cancellation);
        return copy.ToArray();
    }

    protected Task<string> WriteAsync(string name) => Store.WriteAsync(
        PhotoContainer.Uploads, Owner, name, new MemoryStream(Photo), new Dictionary<string, string>(), Cancellation);

    protected async Task<List<UploadSummary>> ListAsync() => await Store.ListUploadsAsync(Cancellation).ToListAsync(Cancellation);
}
