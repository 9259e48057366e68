namespace PoseFunctions.LocalHost.Tests.Support;

/// <summary>The built sample app.</summary>
internal static class SampleApp
{
    private const string Project = "PoseFunctions.LocalHost.Sample";

    /// <summary>Its output folder, of the same configuration as that of the tests.</summary>
    public static string Folder { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>Copies it, so that a test can change its files.</summary>
    public static void CopyTo(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    // PROJECT/bin/CONFIGURATION/FRAMEWORK, as here.
    private static string Find(DirectoryInfo output) =>
        Path.Combine(output.Parent!.Parent!.Parent!.Parent!.FullName, Project, "bin", output.Parent.Name, output.Name);
}
