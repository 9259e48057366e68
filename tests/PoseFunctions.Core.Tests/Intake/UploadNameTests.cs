using PoseFunctions.Core.Intake;
using Xunit;

namespace PoseFunctions.Core.Tests.Intake;

public sealed class UploadNameTests
{
    [Theory]
    [InlineData("acme/photo.jpg", "acme", "photo.jpg")]
    [InlineData("default/4f1c/photo.jpg", "default", "4f1c/photo.jpg")]
    [InlineData("acme/a//b/", "acme", "a//b/")]
    [InlineData("acme/", "acme", "")]
    [InlineData("photo.jpg", "", "photo.jpg")]
    [InlineData("/photo.jpg", "", "/photo.jpg")]
    public void Parse_AnyName_TakesTheFirstSlashForTheBorder(string fullName, string tenant, string name) =>
        Assert.Equal(new UploadName(tenant, name), UploadName.Parse(fullName));
}
