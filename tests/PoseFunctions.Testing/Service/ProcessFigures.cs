using System.Globalization;

namespace PoseFunctions.Testing.Service;

/// <summary>A running process as the kernel knows it.</summary>
/// <param name="Id">Its process id.</param>
public readonly record struct ProcessFigures(int Id)
{
    // What the kernel counts processor time in; it has been this on every Linux for decades.
    private const double TicksPerSecond = 100;

    /// <summary>Physical memory that it holds, in bytes.</summary>
    public long Memory => StatusField("VmRSS:");

    /// <summary>The most physical memory that it has held at once so far, in bytes.</summary>
    public long PeakMemory => StatusField("VmHWM:");

    /// <summary>Processor time that it has used so far, in user and kernel mode, by all its threads.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            // The name in brackets may hold spaces: fields are counted from behind it.
            var stat = File.ReadAllText($"/proc/{Id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return TimeSpan.FromSeconds((Number(fields[11]) + Number(fields[12])) / TicksPerSecond);
        }
    }

    private string CommandLine => ReadOrNothing($"/proc/{Id}/cmdline");

    /// <summary>The running children of a process whose command lines name an assembly.</summary>
    public static IReadOnlyList<ProcessFigures> OfChildren(int parent, string assembly) =>
    [
        .. Directory.EnumerateDirectories($"/proc/{parent}/task")
            .SelectMany(task => ReadOrNothing(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(id => new ProcessFigures((int)Number(id)))
            .Where(child => child.CommandLine.Contains(assembly, StringComparison.Ordinal)),
    ];

    private long StatusField(string field)
    {
        var line = File.ReadLines($"/proc/{Id}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return 1024 * Number(line[field.Length..].Replace("kB", "", StringComparison.Ordinal));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    // A process can end while it is looked at.
    private static string ReadOrNothing(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
