using PoseFunctions.Cli.Service;
using PoseFunctions.Core.Jobs;
using Spectre.Console;

namespace PoseFunctions.Cli.Display;

/// <summary>The progress bar of one photo or job; an invisible one where there are too many.</summary>
internal sealed class JobBar(ProgressTask? bar, string name, Action<ProgressTask?> ended) : IDisposable
{
    private const double Full = 100;

    /// <summary>Brings the bar to where the job is.</summary>
    public void Show(JobView job)
    {
        var color = job switch
        {
            { State: JobState.Succeeded } => "green",
            { IsFinal: true } => "red",
            _ => "grey",
        };
        Show(color, StateLabels.Phrase(job), job.IsFinal ? Full : job.Percent);
    }

    /// <summary>Brings the bar to its end because there will be no result.</summary>
    public void Fail(string reason) => Show("red", reason, Full);

    public void Dispose()
    {
        bar?.StopTask();
        ended(bar);
    }

    private void Show(string color, string phrase, double percent)
    {
        bar?.Description = $"{Markup.Escape(name)} [{color}]{Markup.Escape(Printable.Of(phrase, ' '))}[/]";
        bar?.Value = percent;
    }
}
