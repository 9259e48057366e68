using System.Text.Json;

namespace PoseFunctions.LocalHost.Sample;

/// <summary>
/// Where functions write down that they ran: a file that outlives worker and host. Each entry is a line of JSON; several
/// processes may append at once.
/// </summary>
public sealed class Journal
{
    private readonly Lock gate = new();
    private readonly string path = Environment.GetEnvironmentVariable("SAMPLE_JOURNAL")
        ?? throw new InvalidOperationException("The sample needs SAMPLE_JOURNAL: the file it writes what ran to.");

    /// <param name="function">Which function, and where it has got to.</param>
    /// <param name="text">What it was run with.</param>
    public void Write(string function, string text)
    {
        var line = JsonSerializer.Serialize(new { function, text, process = Environment.ProcessId }) + "\n";
        lock (gate)
        {
            File.AppendAllText(path, line);
        }
    }
}
