using System.Diagnostics;

namespace PoseFunctions.Infrastructure.Tests.DryRun;

/// <summary>A temporary folder that programs of a user without rights can read, and that is gone when the test is over.</summary>
internal sealed class ImageFolder : IDisposable
{
    private const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public ImageFolder() => File.SetUnixFileMode(Path, Readable | UnixFileMode.UserWrite);

    public string Path { get; } = Directory.CreateTempSubdirectory("posefunctions-image-").FullName;

    /// <summary>Copies all that is in a folder, to be read by everybody.</summary>
    public void CopyFrom(string source)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = System.IO.Path.Combine(Path, System.IO.Path.GetRelativePath(source, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        ChangeMode(Path, "a+rX");
    }

    /// <summary>Takes every right to write from a tree, as a read-only root file system does.</summary>
    public static void MakeReadOnly(string root) => ChangeMode(root, "a-w,a+rX");

    public void Dispose()
    {
        ChangeMode(Path, "u+w");
        Directory.Delete(Path, recursive: true);
    }

    private static void ChangeMode(string root, string mode)
    {
        using var chmod = Process.Start("chmod", ["-R", mode, root]);
        chmod.WaitForExit();
    }
}
