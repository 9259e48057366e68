using System.Reflection;
using System.Runtime.InteropServices;

namespace PoseFunctions.Imaging.Native;

/// <summary>Finds the libvips library: the copy that travels with the app first, then the system's own.</summary>
internal static class LibVipsResolver
{
    private static readonly string[] SystemNames = ["libvips.so.42", "libvips.42.dylib", "libvips-42.dll"];

    public static nint Resolve(string libraryName, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (libraryName != LibVips.Library)
        {
            return 0;
        }

        foreach (string candidate in Candidates())
        {
            if (NativeLibrary.TryLoad(candidate, out nint handle))
            {
                return handle;
            }
        }

        return 0;
    }

    private static IEnumerable<string> Candidates()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "natives");
        IEnumerable<string> bundled = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "libvips-cpp.*").Order(StringComparer.Ordinal)
            : [];
        return bundled.Concat(SystemNames);
    }
}
