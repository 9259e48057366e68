namespace PoseFunctions.Testing;

/// <summary>Finds the root of the working copy that the running tests were built from.</summary>
public static class RepositoryRoot
{
    private static readonly Lazy<string> Root = new(Find);

    /// <summary>Full path of the folder that holds <c>PoseFunctions.sln</c>.</summary>
    /// <exception cref="DirectoryNotFoundException">The tests run outside a working copy.</exception>
    public static string Path => Root.Value;

    /// <summary>Full path of something in the working copy.</summary>
    /// <param name="segments">Path below the root, one name each.</param>
    public static string Combine(params string[] segments) => System.IO.Path.Combine([Path, .. segments]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "PoseFunctions.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds PoseFunctions.sln.");
    }
}
