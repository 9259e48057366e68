using System.Globalization;

namespace PoseFunctions.Core.Leases;

/// <summary>
/// Names one process so that another on the same machine can see that it has ended, long before its lease runs out. The name says
/// which start of which machine, which namespace of process ids, which id, and when it started: nothing of it comes twice.
/// </summary>
/// <remarks>Linux only. Elsewhere, and from another machine or container, nothing is known, and time alone tells.</remarks>
internal static class ProcessIdentity
{
    private const string Boot = "/proc/sys/kernel/random/boot_id";
    private const string Namespace = "/proc/self/ns/pid";
    private const char Separator = '/';

    /// <summary>The name of this process; null where it cannot be told.</summary>
    public static string? OfThisProcess { get; } = Of(Environment.ProcessId);

    /// <summary>The name of a running process of this machine; null where there is none.</summary>
    public static string? Of(int id)
    {
        try
        {
            return StartOf(id) is { } start && File.ResolveLinkTarget(Namespace, returnFinalTarget: false) is { } space
                ? string.Join(Separator, File.ReadAllText(Boot).Trim(), space.Name, id.ToString(CultureInfo.InvariantCulture), start)
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether the process of that name was one of this machine's and runs no more. False where that is not known.</summary>
    public static bool HasEnded(string? name)
    {
        if (name is null || OfThisProcess is null || name.Split(Separator) is not [var boot, var space, var number, _]
            || !OfThisProcess.StartsWith($"{boot}{Separator}{space}{Separator}", StringComparison.Ordinal)
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return false;
        }

        return Of(id) != name;
    }

    /// <summary>When a process started, in ticks since the machine did; null where it has ended, waited for or not.</summary>
    private static string? StartOf(int id)
    {
        string line;
        try
        {
            line = File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        // The name in brackets may itself hold brackets and blanks: state and start are counted from behind it.
        var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] is "Z" or "X" ? null : fields[19];
    }
}
