using PoseFunctions.Core.Jobs;
using Xunit;

namespace PoseFunctions.Core.Tests.Jobs;

public sealed class JobIdTests
{
    private static readonly Tenant Shop = Tenant.Parse("shop-1");

    // Fixed for good: ids of jobs in storage must be found again by later versions.
    [Fact]
    public void FromUpload_KnownBlob_HasTheKnownId() => Assert.Equal(
        "default.f604d4b7edcf4ca0ea94477c63cb6090", JobId.FromUpload(Tenant.Default, "photo.jpg", "0x8DC123").ToString());

    [Fact]
    public void FromIdempotencyKey_KnownKey_HasTheKnownId() =>
        Assert.Equal("shop-1.a5721fe8414bc0621a95836721d9b2ac", JobId.FromIdempotencyKey(Shop, "order 42").ToString());

    [Fact]
    public void FromUpload_QuotedETag_IsTheSame() =>
        Assert.Equal(JobId.FromUpload(Shop, "a.jpg", "0x1"), JobId.FromUpload(Shop, "a.jpg", "\"0x1\""));

    [Fact]
    public void Derivation_PartsThatReadAlikeWhenJoined_AreDifferent()
    {
        JobId[] ids =
        [
            JobId.FromUpload(Shop, "ab", "c"),
            JobId.FromUpload(Shop, "a", "bc"),
            JobId.FromUpload(Shop, "abc", ""),
            JobId.FromUpload(Shop, "ab\0", "c"),
            JobId.FromUpload(Shop, "AB", "c"),
            JobId.FromUpload(Tenant.Default, "ab", "c"),
            JobId.FromIdempotencyKey(Shop, "ab"),
            JobId.FromIdempotencyKey(Shop, "abc"),
            JobId.FromIdempotencyKey(Shop, ""),
        ];

        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void TryParse_OwnText_IsTheSameId()
    {
        var id = JobId.FromIdempotencyKey(Shop, "k");

        Assert.True(JobId.TryParse(id.ToString(), out var parsed));
        Assert.Equal(id, parsed);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("shop-1")]
    [InlineData("a5721fe8414bc0621a95836721d9b2ac")]
    [InlineData(".a5721fe8414bc0621a95836721d9b2ac")]
    [InlineData("shop-1.a5721fe8414bc0621a95836721d9b2a")]
    [InlineData("shop-1.a5721fe8414bc0621a95836721d9b2acc")]
    [InlineData("shop-1.A5721FE8414BC0621A95836721D9B2AC")]
    [InlineData("shop-1.g5721fe8414bc0621a95836721d9b2ac")]
    [InlineData("Shop-1.a5721fe8414bc0621a95836721d9b2ac")]
    [InlineData("a.b.a5721fe8414bc0621a95836721d9b2ac")]
    [InlineData("../x.a5721fe8414bc0621a95836721d9b2ac")]
    [InlineData("shop-1.a5721fe8414bc0621a95836721d9b2ac\n")]
    public void TryParse_AnythingElse_IsRefused(string? text)
    {
        Assert.False(JobId.TryParse(text, out var id));
        Assert.Equal(default, id);
    }
}
