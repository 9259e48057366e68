using PoseFunctions.LocalHost.Configuration;

namespace PoseFunctions.LocalHost.Tests.Configuration;

public sealed class AppSettingsTests
{
    private static readonly Dictionary<string, string> Own = new() { ["A"] = "own", ["B"] = "own", ["C"] = "own" };
    private static readonly Dictionary<string, string> Given = new() { ["B"] = "given", ["C"] = "given" };

    [Fact]
    public void Combine_TakesTheLaterFileAndLeavesTheEnvironmentAlone()
    {
        var settings = AppSettings.Combine([Own, Given], new HashSet<string> { "C" });

        Assert.Equal(new Dictionary<string, string> { ["A"] = "own", ["B"] = "given" }, settings.Values);
    }

    [Fact]
    public void With_WinsOverTheEnvironmentToo()
    {
        var settings = AppSettings.Combine([Own], new HashSet<string> { "C" }).With("C", "host");

        Assert.Equal("host", settings.Values["C"]);
    }

    [Theory]
    [InlineData("""{ "IsEncrypted": false, "Values": { "A": "1", "B": 2, "C": true, /* why */ } }""")]
    public void Read_OfSettingsFile_TakesEveryValueAsText(string json)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, json);

        var values = LocalSettingsFile.Read(path);

        File.Delete(path);
        Assert.Equal(new Dictionary<string, string> { ["A"] = "1", ["B"] = "2", ["C"] = "True" }, values);
    }

    [Theory]
    [InlineData("""{ "IsEncrypted": true, "Values": {} }""", "encrypted")]
    [InlineData("""{ "Values": """, "cannot be read")]
    public void Read_OfSettingsFileWithoutMeaning_SaysWhy(string json, string expected)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, json);

        var exception = Assert.Throws<LocalHostException>(() => LocalSettingsFile.Read(path));

        File.Delete(path);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
    }
}
