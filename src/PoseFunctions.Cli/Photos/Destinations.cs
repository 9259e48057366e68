namespace PoseFunctions.Cli.Photos;

/// <summary>Where results go. Tried before anything is asked of the service: a job that is paid for must not end without its files.</summary>
internal static class Destinations
{
    /// <summary>Makes the folder, where it is not there yet.</summary>
    /// <exception cref="UsageException">It is a file, or nothing can be written there.</exception>
    public static void RequireFolder(string path)
    {
        if (File.Exists(path))
        {
            throw new UsageException($"'{path}' is a file; results go into a folder.");
        }

        Try(path, () =>
        {
            Directory.CreateDirectory(path);
            Open(Path.Combine(path, Path.GetRandomFileName()), FileOptions.DeleteOnClose);
        });
    }

    /// <summary>Leaves an existing file as it is, and none where there was none.</summary>
    /// <exception cref="UsageException">It is a folder, its folder is missing, or it cannot be written.</exception>
    public static void RequireFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw new UsageException($"'{path}' is a folder; the sheet is a file.");
        }

        Try(path, () => Open(path, File.Exists(path) ? FileOptions.None : FileOptions.DeleteOnClose));
    }

    private static void Open(string path, FileOptions options) =>
        new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 1, options).Dispose();

    private static void Try(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"'{path}' cannot be written: {exception.Message}", exception);
        }
    }
}
