using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using Xunit;

namespace PoseFunctions.Core.Tests.Jobs;

public sealed class TenantTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("shop-1")]
    [InlineData("a--b")]
    [InlineData("abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij123")]
    public void Parse_AllowedName_KeepsIt(string text) => Assert.Equal(text, Tenant.Parse(text).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("A")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a.b")]
    [InlineData("..")]
    [InlineData("ä")]
    [InlineData("a\n")]
    [InlineData("abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij1234")]
    public void Parse_AnythingElse_IsRejected(string? text)
    {
        Assert.False(Tenant.TryParse(text, out _));
        Assert.Equal(FailureCodes.TenantInvalid, Assert.Throws<RejectedException>(() => Tenant.Parse(text!)).Code);
    }

    [Fact]
    public void ToString_NoTenant_Throws() => Assert.Throws<InvalidOperationException>(() => default(Tenant).ToString());
}
