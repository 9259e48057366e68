using PoseFunctions.Infrastructure.Tests.Docker;

namespace PoseFunctions.Infrastructure.Tests.DryRun;

/// <summary>The build outside Docker does what a Dockerfile says, and fails where Docker would.</summary>
public sealed class ImageBuildTests : IDisposable
{
    private const string Sound = """
        ARG SDK_IMAGE=example.com/sdk:10.0
        ARG SDK_DIGEST
        FROM ${SDK_IMAGE}@${SDK_DIGEST} AS build
        ARG WORD=hello
        WORKDIR /source
        COPY a.txt notes/ ./
        RUN mkdir -p /publish/sub && cp a.txt /publish/ && echo "$WORD" > /publish/sub/b.txt
        FROM ${SDK_IMAGE}@${SDK_DIGEST} AS final
        ENV HOME=/app NOWHERE=/gone
        WORKDIR /app
        COPY --from=build /publish/ ./
        COPY notes/n.txt renamed.txt
        """;

    private readonly ImageFolder folder = new();

    [Fact]
    public async Task Run_SoundFile_LaysOutTheTree()
    {
        var image = await BuildAsync(Sound);

        Assert.Equal("from the context", await File.ReadAllTextAsync(Path.Combine(image.WorkingFolder, "a.txt"), TestContext.Current.CancellationToken));
        Assert.Equal("bye\n", await File.ReadAllTextAsync(Path.Combine(image.WorkingFolder, "sub/b.txt"), TestContext.Current.CancellationToken));
        Assert.Equal((string[][])[["app/a.txt", "app/sub/b.txt"], ["app/renamed.txt"]], image.Layers.Select(layer => layer.Order().ToArray()));
        Assert.Equal([KeyValuePair.Create("HOME", Path.Join(image.Root, "/app")), KeyValuePair.Create("NOWHERE", "/gone")], image.Environment);
    }

    [Theory]
    [InlineData("--from=build /publish/", "--from=build /published/", "has not made '/published/'")]
    [InlineData("cp a.txt /publish/", "cp b.txt /publish/", "ended with 1")]
    public async Task Run_FileBrokenInOnePlace_Fails(string sound, string broken, string message)
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => BuildAsync(Sound.Replace(sound, broken, StringComparison.Ordinal)));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private async Task<ImageBuild> BuildAsync(string text)
    {
        var context = Directory.CreateDirectory(Path.Combine(folder.Path, "context", "notes")).Parent!.FullName;
        await File.WriteAllTextAsync(Path.Combine(context, "a.txt"), "from the context", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(context, "notes", "n.txt"), "a note", TestContext.Current.CancellationToken);
        var image = new ImageBuild(
            DockerfileReader.Read("Dockerfile", text), new BuildContext(context, ["a.txt", "notes/n.txt"]), folder.Path, new Dictionary<string, string> { ["WORD"] = "bye" });
        await image.RunAsync(TestContext.Current.CancellationToken);
        return image;
    }
}
