using PoseFunctions.Cli.Service;
using PoseFunctions.Core.Jobs;
using Spectre.Console;

namespace PoseFunctions.Cli.Display;

/// <summary>A progress bar for every photo or job.</summary>
internal static class JobProgress
{
    /// <summary>Shows bars while <paramref name="work"/> runs.</summary>
    public static Task ShowAsync(IAnsiConsole console, Func<ProgressContext, Task> work) => console.Progress()
        .AutoClear(false)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
        .StartAsync(work);

    /// <summary>Brings a bar to where the job is.</summary>
    public static void Show(this ProgressTask bar, string label, JobView job)
    {
        var color = job switch
        {
            { State: JobState.Succeeded } => "green",
            { IsFinal: true } => "red",
            _ => "grey",
        };
        bar.Description = $"{Markup.Escape(label)} [{color}]{Markup.Escape(StateLabels.Phrase(job))}[/]";
        bar.Value = job.IsFinal ? bar.MaxValue : job.Percent;
        if (job.IsFinal)
        {
            bar.StopTask();
        }
    }

    /// <summary>Brings a bar to its end because the service refused.</summary>
    public static void Refuse(this ProgressTask bar, string label, ServiceProblemException problem)
    {
        bar.Description = $"{Markup.Escape(label)} [red]refused: {Markup.Escape(problem.Code ?? problem.Message)}[/]";
        bar.Value = bar.MaxValue;
        bar.StopTask();
    }
}
