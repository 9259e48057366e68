using System.Globalization;
using Spectre.Console;

namespace PoseFunctions.Cli.Display;

/// <summary>A progress bar for every photo or job at work, and one for all of them.</summary>
internal sealed class JobProgress
{
    /// <summary>Of more than these, a terminal shows only those at work, and a pipe none: only how many are done.</summary>
    private const int MostBars = 20;

    private readonly ProgressContext context;
    private readonly ProgressTask? all;
    private readonly int count;
    private readonly bool isLive;
    private int done;

    private JobProgress(ProgressContext context, int count, bool isLive)
    {
        (this.context, this.count, this.isLive) = (context, count, isLive);
        all = count > 1 ? context.AddTask(Summary(), maxValue: count) : null;
    }

    /// <summary>Shows bars while <paramref name="work"/> runs; in a pipe, lines.</summary>
    public static Task ShowAsync(IAnsiConsole console, int count, Func<JobProgress, Task> work) => console.Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
        .StartAsync(context => work(new JobProgress(context, count, console.Profile.Capabilities.Interactive)));

    /// <summary>Begins the bar of one photo or job, which its disposal ends.</summary>
    public JobBar Start(string name) => new(count <= MostBars || isLive ? context.AddTask(Markup.Escape(name)) : null, name, End);

    private void End(ProgressTask? bar)
    {
        Interlocked.Increment(ref done);
        all?.Description = Summary();
        all?.Increment(1);
        if (bar is not null && count > MostBars)
        {
            context.RemoveTask(bar);
        }
    }

    private string Summary() => string.Create(CultureInfo.InvariantCulture, $"{done} of {count}");
}
