using PoseFunctions.Testing;

namespace PoseFunctions.Infrastructure.Tests.Docker;

/// <summary>A Dockerfile.</summary>
/// <param name="Name">File name.</param>
/// <param name="Arguments">Defaults of the arguments before the first stage; empty text where one has none.</param>
/// <param name="Stages">Its stages, in order; the last one is the image.</param>
public sealed record Dockerfile(string Name, IReadOnlyDictionary<string, string> Arguments, IReadOnlyList<DockerStage> Stages)
{
    public DockerStage Image => Stages[^1];

    /// <summary>The environment of the image, as far as the file sets it.</summary>
    public IReadOnlyDictionary<string, string> Environment =>
        Image.Of("ENV").SelectMany(instruction => instruction.Pairs).ToDictionary(pair => pair.Key, pair => pair.Value);

    /// <summary>One of the repository's.</summary>
    public static Dockerfile Read(string name) => DockerfileReader.Read(name, File.ReadAllText(RepositoryRoot.Combine("infra", "docker", name)));

    public override string ToString() => Name;
}
