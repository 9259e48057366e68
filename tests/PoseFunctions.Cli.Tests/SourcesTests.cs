using System.Text.Json;
using Microsoft.AspNetCore.Builder;

namespace PoseFunctions.Cli.Tests;

/// <summary>Further photos of the same person go along with the one that is submitted.</summary>
public sealed class SourcesTests : IDisposable
{
    private readonly PhotoFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Submit_FurtherPhotos_GoAlongUnderTheNamesThatTheRequestSays()
    {
        var (said, sent) = (Array.Empty<string>(), Array.Empty<(string Name, string Content)>());
        await using var service = await StubService.StartAsync(routes => routes.MapPost("/api/jobs", async http =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            using var request = JsonDocument.Parse(form["request"].ToString());
            said = [.. request.RootElement.GetProperty("sources").EnumerateArray().Select(name => name.GetString()!)];
            sent = [.. form.Files.GetFiles("sourcePhoto").Select(file => (file.FileName, Read(file.OpenReadStream())))];
            await StubService.AnswerAsync(http, 202, """{"id":"shop.1","state":"accepted"}""");
        }));

        var run = await CommandLineRun.RunAsync(
            "submit", folder.Add("front.jpg"), "--source", folder.Add("back/me.jpg", "back"), "--source", folder.Add("side/me.jpg", "side"),
            "--generator", "flow", "--url", service.Url);

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Equal(["back-me.jpg", "side-me.jpg"], said);
        Assert.Equal(said, sent.Select(file => file.Name));
        Assert.Equal(["back", "side"], sent.Select(file => file.Content));
    }

    [Theory]
    [InlineData("back", "back", 1)]
    [InlineData("back", "another back", 2)]
    public async Task Submit_DerivedKeys_CoverFurtherPhotos(string first, string second, int expectedKeys)
    {
        var keys = new HashSet<string>();
        await using var service = await StubService.StartAsync(routes => routes.MapPost("/api/jobs", async http =>
        {
            keys.Add(http.Request.Headers["Idempotency-Key"].ToString());
            await StubService.AnswerAsync(http, 202, """{"id":"shop.1","state":"accepted"}""");
        }));

        foreach (var content in (string[])[first, second])
        {
            await CommandLineRun.RunAsync(
                "submit", folder.Add("front.jpg"), "--source", folder.Add("back.jpg", content), "--idempotency", "auto", "--url", service.Url);
        }

        Assert.Equal(expectedKeys, keys.Count);
    }

    /// <summary>What stands behind the first bytes of a photo.</summary>
    private static string Read(Stream content)
    {
        using var reader = new BinaryReader(content);
        return System.Text.Encoding.UTF8.GetString(reader.ReadBytes(1000)[4..]);
    }
}
