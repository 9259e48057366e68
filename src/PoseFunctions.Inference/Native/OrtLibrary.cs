using System.Reflection;
using System.Runtime.InteropServices;
using PoseFunctions.Core.Failures;

namespace PoseFunctions.Inference.Native;

/// <summary>Finds the ONNX Runtime library and asks it for its table of functions, once per process.</summary>
internal static unsafe partial class OrtLibrary
{
    /// <summary>The C API version whose calls we use; every 1.22 and later library answers it.</summary>
    public const uint ApiVersion = 22;

    private const string Name = "onnxruntime";

    private static readonly Lazy<nint> LazyTable = new(Load);
    private static readonly Lazy<string> LazyVersion = new(() => Marshal.PtrToStringUTF8(GetVersionText()) ?? "unknown");

    /// <summary>The table of function pointers, indexed by <see cref="OrtEntry"/>.</summary>
    /// <exception cref="MissingDependencyException">The library cannot be loaded or is too old.</exception>
    public static nint* Table => (nint*)LazyTable.Value;

    /// <summary>The library's version, such as <c>1.30.0</c>.</summary>
    public static string Version => LazyVersion.Value;

    private static nint Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(OrtLibrary).Assembly, Resolve);
        try
        {
            var table = ((delegate* unmanaged<uint, nint>)((nint*)OrtGetApiBase())[0])(ApiVersion);
            return table != 0
                ? table
                : throw new MissingDependencyException(
                    $"ONNX Runtime {Version} is too old: install version 1.22 or later (npm ci --ignore-scripts --prefix eng brings a fitting one).");
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            throw new MissingDependencyException(
                $"The ONNX Runtime library could not be loaded from {AppContext.BaseDirectory}: run 'npm ci --ignore-scripts --prefix eng' and build again, "
                + "or install libonnxruntime 1.22 or later where the system finds it.",
                failure);
        }
    }

    private static nint GetVersionText() => ((delegate* unmanaged<nint>)((nint*)OrtGetApiBase())[1])();

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name == Name)
        {
            foreach (var candidate in Candidates(AppContext.BaseDirectory))
            {
                if (File.Exists(candidate) && NativeLibrary.TryLoad(candidate, out var library))
                {
                    return library;
                }
            }
        }

        return 0; // the runtime's own search: application folder, then the system's
    }

    /// <summary>
    /// Where the library may lie below an application's folder, the build for GPUs first: it needs its provider libraries in the
    /// same folder, and does without them where there is no GPU. What the package of another build left behind comes last.
    /// </summary>
    internal static string[] Candidates(string folder) =>
    [
        Path.Combine(folder, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", "libonnxruntime.so"),
        Path.Combine(folder, "runtimes", "linux-x64", "native", "libonnxruntime.so"),
        Path.Combine(folder, "libonnxruntime.so"),
        Path.Combine(folder, "natives", "libonnxruntime.so.1"),
    ];

    [LibraryImport(Name)]
    private static partial nint OrtGetApiBase();
}
