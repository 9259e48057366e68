using NetVips;
using PoseFunctions.Core.Failures;

namespace PoseFunctions.Imaging;

/// <summary>Sets libvips up once a process, for untrusted input and bounded memory.</summary>
internal static class LibVips
{
    // What may come in. Every other loader of the library is blocked, whatever else it was built with.
    private static readonly string[] AllowedLoaders =
        ["VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadHeif"];

    private static readonly Lazy<Version> Loaded = new(SetUp);

    /// <summary>Version of the loaded library.</summary>
    /// <exception cref="MissingDependencyException">It is neither beside the app nor installed on the system.</exception>
    public static Version Version => Loaded.Value;

    private static Version SetUp()
    {
        if (!ModuleInitializer.VipsInitialized)
        {
            throw new MissingDependencyException(
                "The image library libvips cannot be loaded: publish the app for linux-x64, whose package brings it along, "
                + "or install libvips 8.18 or newer with the system's package manager.",
                ModuleInitializer.Exception);
        }

        DecoderWarnings.Listen();
        NetVips.NetVips.BlockUntrusted = true;
        Operation.Block("VipsForeignLoad", true);
        foreach (var loader in AllowedLoaders)
        {
            Operation.Block(loader, false);
        }

        // Requests run side by side already: one thread an image keeps the cores busy and memory predictable. The
        // operation cache would keep pixels of finished requests alive.
        NetVips.NetVips.Concurrency = 1;
        Cache.Max = 0;
        return new(NetVips.NetVips.Version(0), NetVips.NetVips.Version(1), NetVips.NetVips.Version(2));
    }
}
