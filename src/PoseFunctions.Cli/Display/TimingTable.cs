using System.Globalization;
using PoseFunctions.Cli.Service;
using Spectre.Console;

namespace PoseFunctions.Cli.Display;

/// <summary>Where the time of finished jobs went, in milliseconds, as their records say.</summary>
internal static class TimingTable
{
    public static Table Create(IEnumerable<(string Label, JobView Job)> jobs)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("photo");
        foreach (var stage in new[] { "parse ms", "queue ms", "generate ms", "store ms", "total ms" })
        {
            table.AddColumn(new TableColumn(stage).RightAligned());
        }

        foreach (var (label, job) in jobs)
        {
            var timings = job.Timings;
            table.AddRow(
                Markup.Escape(label),
                Milliseconds(timings.ParseMilliseconds),
                Milliseconds(timings.QueueMilliseconds),
                Milliseconds(timings.GenerateMilliseconds),
                Milliseconds(timings.StoreMilliseconds),
                Milliseconds(timings.TotalMilliseconds));
        }

        return table;
    }

    private static string Milliseconds(double? value) => value?.ToString("F0", CultureInfo.InvariantCulture) ?? "";
}
