using Xunit;

namespace PoseFunctions.Testing;

/// <summary>
/// Real photos and model weights that may not be redistributed: a folder <c>shared</c> beside the working copy. Tests that
/// need them skip where it is absent.
/// </summary>
public static class SharedTestData
{
    /// <summary>Full path of the folder, whether or not it exists.</summary>
    public static string Root { get; } = Path.GetFullPath(RepositoryRoot.Combine("..", "shared"));

    /// <summary>Full path of a file or folder of the shared test data; skips the running test where it is absent.</summary>
    /// <param name="segments">Path below the shared folder, one name each.</param>
    public static string Require(params string[] segments)
    {
        var path = Path.Combine([Root, .. segments]);
        Assert.SkipUnless(Path.Exists(path), $"The shared test data is not here: {path} does not exist.");
        return path;
    }
}
