using PoseFunctions.Infrastructure.Tests.Docker;

namespace PoseFunctions.Infrastructure.Tests;

/// <summary>Every rule finds what it is there for: the same sound file, broken in one place.</summary>
public sealed class BrokenDockerfileTests
{
    private const string Sound = """
        ARG SDK_IMAGE=example.com/sdk:10.0
        ARG SDK_DIGEST
        FROM ${SDK_IMAGE}@${SDK_DIGEST} AS build
        WORKDIR /source
        COPY src/ src/
        RUN make --output /publish
        FROM ${SDK_IMAGE}@${SDK_DIGEST} AS final
        ENV A=b \
            C=d
        COPY --from=build /publish/ ./
        USER 1654:1654
        HEALTHCHECK CMD ["true"]
        ARG VERSION=1
        LABEL org.opencontainers.image.title="a b" org.opencontainers.image.description="c" org.opencontainers.image.licenses="MIT" \
              org.opencontainers.image.version="${VERSION}" org.opencontainers.image.revision="r" org.opencontainers.image.created="t" \
              org.opencontainers.image.base.name="n" org.opencontainers.image.base.digest="d"
        """;

    private static readonly BuildContext Context = new("/", ["src/Program.cs"]);

    [Fact]
    public void Check_SoundFile_FindsNothing() => Assert.Empty(DockerRules.Check(DockerfileReader.Read("Dockerfile", Sound), Context));

    [Fact]
    public void Read_Environment_IsThatOfTheImage() => Assert.Equal(
        [KeyValuePair.Create("A", "b"), KeyValuePair.Create("C", "d")], DockerfileReader.Read("Dockerfile", Sound).Environment);

    [Theory]
    [InlineData("COPY src/ src/", "COPY lib/ src/", "'lib/' is not in the context")]
    [InlineData("COPY src/ src/", "ADD src/ src/", "use COPY")]
    [InlineData("--from=build /publish/", "--from=build /published/", "No stage 'build' before makes '/published/'")]
    [InlineData("--from=build /publish/", "--from=bild /publish/", "No stage 'bild' before makes")]
    [InlineData("COPY --from=build /publish/ ./", "COPY src/ ./", "Nothing uses the stage 'build'")]
    [InlineData("sdk:10.0", "sdk:latest", "is another image tomorrow")]
    [InlineData("sdk:10.0", "sdk", "has no tag by default")]
    [InlineData("ARG SDK_DIGEST\n", "ARG SDK_DIGEST=sha256:0\n", "is not asked for")]
    [InlineData("FROM ${SDK_IMAGE}@${SDK_DIGEST} AS build", "FROM ${SDK_IMAGE} AS build", "no image with a digest")]
    [InlineData("FROM ${SDK_IMAGE}@${SDK_DIGEST} AS final", "FROM example.com/sdk:10.0 AS final", "no image with a digest")]
    [InlineData("USER 1654:1654", "USER root", "user by number other than 0")]
    [InlineData("USER 1654:1654", "USER 0", "user by number other than 0")]
    [InlineData("USER 1654:1654\n", "", "user by number other than 0")]
    [InlineData("HEALTHCHECK CMD [\"true\"]\n", "", "no HEALTHCHECK")]
    [InlineData("HEALTHCHECK CMD [\"true\"]", "HEALTHCHECK NONE", "no HEALTHCHECK")]
    [InlineData("image.revision=\"r\"", "image.revision=\"\"", "no label org.opencontainers.image.revision")]
    [InlineData("ARG VERSION=1\n", "", "'VERSION' is no argument of the stage 'final'")]
    [InlineData("USER 1654:1654", "RUN apt-get install curl\nUSER 1654:1654", "a stage before should")]
    public void Check_FileBrokenInOnePlace_SaysSo(string sound, string broken, string finding)
    {
        Assert.Contains(sound, Sound, StringComparison.Ordinal);
        var found = DockerRules.Check(DockerfileReader.Read("Dockerfile", Sound.Replace(sound, broken, StringComparison.Ordinal)), Context);

        Assert.Contains(found, one => one.Contains(finding, StringComparison.Ordinal));
    }

    [Fact]
    public void Check_OneStage_IsFound() => Assert.Contains(
        DockerRules.Check(DockerfileReader.Read("Dockerfile", "ARG A_IMAGE=x/a:1\nARG A_DIGEST\nFROM ${A_IMAGE}@${A_DIGEST}\nUSER 1\n"), Context),
        found => found.Contains("one stage only", StringComparison.Ordinal));

    [Theory]
    [InlineData("*\n!src\n**/bin", "src/a/bin/x.dll", false)]
    [InlineData("*\n!src\n**/bin", "src/a/b.cs", true)]
    [InlineData("*\n!models\nmodels/*\n!models/*/a.json", "models/x/a.json", true)]
    [InlineData("*\n!models\nmodels/*\n!models/*/a.json", "models/x/b.json", false)]
    [InlineData("# nothing\n", "a", true)]
    public void DockerIgnore_LastMatch_Decides(string rules, string path, bool kept) => Assert.Equal(kept, new DockerIgnore(rules).Keeps(path));
}
