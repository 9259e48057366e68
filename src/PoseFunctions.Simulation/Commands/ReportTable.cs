using System.Globalization;
using PoseFunctions.Simulation.Planning;
using PoseFunctions.Simulation.Queueing;

namespace PoseFunctions.Simulation.Commands;

/// <summary>What a simulated day was like, as text for people and Markdown.</summary>
internal static class ReportTable
{
    /// <summary>The figures of the whole period.</summary>
    public static IEnumerable<string> Figures(SimulationReport report, double duration, Prices prices)
    {
        var hours = duration / 3600;
        yield return "| figure | value |";
        yield return "| --- | --- |";
        yield return Row("jobs", $"{report.Arrived:N0}");
        yield return Row("wait until a worker starts: p50, p95, p99, longest", $"{Seconds(report.Waits.Quantile(0.5))}, {Seconds(report.Waits.Quantile(0.95))}, {Seconds(report.Waits.Quantile(0.99))}, {Seconds(report.Waits.Largest)}");
        yield return Row("wait for the result: p50, p95, p99, longest", $"{Seconds(report.Results.Quantile(0.5))}, {Seconds(report.Results.Quantile(0.95))}, {Seconds(report.Results.Quantile(0.99))}, {Seconds(report.Results.Largest)}");
        yield return Row("longest line", $"{report.LongestLine:N0} images");
        yield return Row("images a batch, on average and at most", $"{report.Waits.Count / (double)Math.Max(1, report.Batches):0.00}, {report.LargestBatch}");
        yield return Row("replicas, on average and at most", $"{report.ReplicaSeconds / duration:0.0}, {report.MostReplicas}");
        yield return Row("replicas started", $"{report.ColdStarts:N0}");
        yield return Row("share of the paid time that they work", $"{report.BusySeconds / Math.Max(1, report.ReplicaSeconds):P0}");
        yield return Row("replica hours", $"{report.ReplicaSeconds / 3600:N1} in {hours:0.#} hours");
        yield return Row("replicas' cost of 1,000 results", $"{report.ReplicaSeconds / 3600 * prices.ReplicaHour / Math.Max(1, report.Waits.Count) * 1000:0.0000}");
    }

    /// <summary>What every hour was like.</summary>
    public static IEnumerable<string> Hours(SimulationReport report, double duration, int targets)
    {
        yield return string.Empty;
        yield return "| hour | jobs | replicas | wait p50 | wait p95 | wait p99 |";
        yield return "| --- | --- | --- | --- | --- | --- |";
        for (var hour = 0; hour < report.Hours.Count; hour++)
        {
            var (waits, length) = (report.Hours[hour].Waits, Math.Min(3600, duration - (hour * 3600.0)));
            yield return Text($"| {hour} | {waits.Count / targets:N0} | {report.Hours[hour].ReplicaSeconds / length:0.0} | {Seconds(waits.Quantile(0.5))} | {Seconds(waits.Quantile(0.95))} | {Seconds(waits.Quantile(0.99))} |");
        }
    }

    private static string Row(string figure, FormattableString value) => $"| {figure} | {Text(value)} |";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double seconds) => seconds switch
    {
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0} ms"),
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
    };
}
