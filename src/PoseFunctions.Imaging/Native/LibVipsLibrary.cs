using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PoseFunctions.Core.Failures;

namespace PoseFunctions.Imaging.Native;

/// <summary>Loads libvips once a process and sets it up for untrusted input and bounded memory.</summary>
internal static class LibVipsLibrary
{
    // What may come in. Every other loader of the library is blocked, whatever else it was built with.
    private static readonly string[] AllowedLoaders =
        ["VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadHeif"];

    private static readonly Lazy<Version> Loaded = new(Load, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>Version of the loaded library.</summary>
    public static Version Version => Loaded.Value;

    /// <summary>Makes sure that the library is loaded and set up.</summary>
    /// <exception cref="MissingDependencyException">It is neither beside the app nor installed on the system.</exception>
    public static void EnsureReady() => _ = Loaded.Value;

    private static unsafe Version Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(LibVipsLibrary).Assembly, LibVipsResolver.Resolve);
        try
        {
            // Libraries must not write to the console of a service; failures reach callers through the error buffer.
            LibVips.SetLogHandler(&DiscardLogLine, 0);
            if (LibVips.Init("PoseFunctions") != 0)
            {
                throw VipsException.Drain("init");
            }
        }
        catch (Exception failure) when (failure is DllNotFoundException or EntryPointNotFoundException)
        {
            throw new MissingDependencyException(
                "The image library libvips (8.15 or newer) is neither in 'natives' beside the app nor installed: "
                + "build again after 'npm ci --ignore-scripts --prefix eng', or install libvips with the system's package manager.",
                failure);
        }

        LibVips.BlockUntrusted(1);
        LibVips.BlockOperation("VipsForeignLoad", 1);
        foreach (string loader in AllowedLoaders)
        {
            LibVips.BlockOperation(loader, 0);
        }

        // Requests run side by side already: one thread an image keeps the cores busy and memory predictable. The
        // operation cache would keep pixels of finished requests alive.
        LibVips.SetConcurrency(1);
        LibVips.SetCacheMaximum(0);
        return new Version(LibVips.Version(0), LibVips.Version(1), LibVips.Version(2));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void DiscardLogLine(nint domain, int level, nint message, nint state)
    {
    }
}
