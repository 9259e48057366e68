using PoseFunctions.Testing;

namespace PoseFunctions.Infrastructure.Tests.Bicep;

/// <summary>A temporary folder with copies of <c>infra/</c>, gone when the test is over.</summary>
internal sealed class InfraFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("posefunctions infra ");

    public string Path => folder.FullName;

    /// <summary>Copies what the repository has; not what a deployment from this working copy wrote.</summary>
    /// <returns>Path of the copy.</returns>
    public string Copy(string name = "infra")
    {
        var source = RepositoryRoot.Combine("infra");
        var copy = System.IO.Path.Combine(Path, name);
        foreach (var path in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var relative = System.IO.Path.GetRelativePath(source, path);
            if (relative != "main.bicepparam")
            {
                var target = System.IO.Path.Combine(copy, relative);
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
                File.Copy(path, target);
            }
        }

        return copy;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
