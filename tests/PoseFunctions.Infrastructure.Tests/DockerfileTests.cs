using PoseFunctions.Infrastructure.Tests.Docker;
using PoseFunctions.Testing;

namespace PoseFunctions.Infrastructure.Tests;

/// <summary>The repository's Dockerfiles keep every rule that can be checked without Docker.</summary>
public sealed class DockerfileTests
{
    private static readonly BuildContext Context = BuildContext.OfRepository();

    [Theory]
    [InlineData("Dockerfile.api")]
    [InlineData("Dockerfile.worker")]
    public void Dockerfile_AllRules_AreKept(string name) => Assert.Empty(DockerRules.Check(Dockerfile.Read(name), Context));

    [Fact]
    public void Worker_Layers_AreOrderedFromThoseThatChangeLeast()
    {
        var copies = Dockerfile.Read("Dockerfile.worker").Image.Of("COPY").Select(copy => copy.Words[0]);

        // The models last but one: a change of code makes a new layer of the app and of nothing else.
        Assert.Equal(["LICENSE", "/cuda/lib/", "/publish/native/", "/models/", "models/", "/publish/app/"], copies);
    }

    [Fact]
    public void Worker_BuildStage_DoesNotSeeTheModels() => Assert.DoesNotContain(
        Dockerfile.Read("Dockerfile.worker").Stages.SkipLast(1).SelectMany(stage => stage.Of("COPY")), copy => copy.Text.Contains("models", StringComparison.Ordinal));

    [Fact]
    public void Api_Stages_HaveNoNativeCode() => Assert.DoesNotContain(
        "cuda", File.ReadAllText(RepositoryRoot.Combine("infra", "docker", "Dockerfile.api")), StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("Dockerfile.api")]
    [InlineData("Dockerfile.worker")]
    public void Image_Base_IsTheFunctionsHostForIsolatedDotnet10(string name)
    {
        var file = Dockerfile.Read(name);

        Assert.StartsWith("${FUNCTIONS_IMAGE}@", file.Image.Image, StringComparison.Ordinal);
        Assert.Equal("mcr.microsoft.com/azure-functions/dotnet-isolated:4-dotnet-isolated10.0", file.Arguments["FUNCTIONS_IMAGE"]);
    }

    [Theory]
    [InlineData("models/xinggan/model.onnx", true)]
    [InlineData("models/xinggan/manifest.json", true)]
    [InlineData("models/xinggan/golden.bin", false)]
    [InlineData("models/blazepose-detector/model.onnx", false)]
    [InlineData("models/blazepose-detector/manifest.json", false)]
    [InlineData("models/samples/person-0.jpg", false)]
    [InlineData("models/posemodels/__main__.py", false)]
    [InlineData("src/PoseFunctions.Api/Program.cs", true)]
    [InlineData("src/PoseFunctions.Api/bin/Debug/net10.0/PoseFunctions.Api.dll", false)]
    [InlineData("src/PoseFunctions.Api/local.settings.json", false)]
    [InlineData("eng/package-lock.json", false)]
    [InlineData("eng/node_modules/azurite/package.json", false)]
    [InlineData("infra/main.bicep", false)]
    [InlineData(".git/config", false)]
    public void DockerIgnore_OfTheRepository_KeepsWhatImagesAreMadeOf(string path, bool kept) =>
        Assert.Equal(kept, DockerIgnore.OfRepository().Keeps(path));

    [Fact]
    public void Deployment_BuildArguments_AreTheDigestsThatTheDockerfilesAskFor()
    {
        var deployment = File.ReadAllText(RepositoryRoot.Combine("azure.yaml"));
        foreach (var name in new[] { "Dockerfile.api", "Dockerfile.worker" })
        {
            var file = Dockerfile.Read(name);
            var section = deployment[deployment.IndexOf($"infra/docker/{name}", StringComparison.Ordinal)..];
            Assert.All(
                file.Arguments.Keys.Where(argument => argument.EndsWith("_DIGEST", StringComparison.Ordinal)),
                argument => Assert.Contains($"- {argument}=${{{argument}}}", section, StringComparison.Ordinal));
        }
    }
}
