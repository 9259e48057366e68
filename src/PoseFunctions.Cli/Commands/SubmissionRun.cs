using PoseFunctions.Cli.Display;
using PoseFunctions.Cli.Photos;
using PoseFunctions.Cli.Service;
using PoseFunctions.Core.Jobs;
using Spectre.Console;

namespace PoseFunctions.Cli.Commands;

/// <summary>One run of <c>submit</c>: several photos at a time, each uploaded, watched and fetched.</summary>
internal sealed class SubmissionRun(PoseFunctionsClient client, Terminal terminal, SubmitSettings settings)
{
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var labels = PhotoLabels.Of(settings.Photos);
        var submissions = new Submission[settings.Photos.Count];
        await JobProgress.ShowAsync(terminal.Messages, async progress =>
        {
            var bars = labels.Select(label => progress.AddTask(Markup.Escape(label), autoStart: false)).ToArray();
            var limits = new ParallelOptions { MaxDegreeOfParallelism = settings.Parallel, CancellationToken = cancellationToken };
            await Parallel.ForAsync(0, submissions.Length, limits, async (index, stop) =>
                submissions[index] = await SubmitAsync(settings.Photos[index], labels[index], bars[index], stop));
        });
        await ReportAsync(submissions);
        if (settings.ContactSheet is { } path)
        {
            await new ContactSheetFile(await client.ListPosesAsync(cancellationToken)).WriteAsync(path, submissions, cancellationToken);
            await terminal.Output.WriteLineAsync(path);
        }

        return submissions.All(IsAsWanted) ? ExitCodes.Success : ExitCodes.JobFailed;
    }

    private async Task<Submission> SubmitAsync(string photo, string label, ProgressTask bar, CancellationToken cancellationToken)
    {
        bar.StartTask();
        try
        {
            var key = settings.DeriveIdempotencyKeys
                ? await IdempotencyKeys.FromContentAsync(photo, settings.Scene, settings.Request, cancellationToken)
                : IdempotencyKeys.Fresh();
            var job = await client.SubmitAsync(photo, settings.Request, key, settings.Scene, cancellationToken);
            bar.Show(label, job);
            if (settings.Wait)
            {
                job = await client.UntilFinalAsync(job, seen => bar.Show(label, seen), cancellationToken);
            }

            IReadOnlyList<string> results = settings.OutputFolder is { } folder
                ? await new ResultFiles(client, folder).SaveAsync(job, label, cancellationToken)
                : [];
            return new Submission(photo, label, job, Problem: null, results);
        }
        catch (ServiceProblemException problem) when (problem.IsAboutThisRequest)
        {
            bar.Refuse(label, problem);
            return new Submission(photo, label, Job: null, problem, Results: []);
        }
    }

    private async Task ReportAsync(IReadOnlyList<Submission> submissions)
    {
        foreach (var submission in submissions)
        {
            if (submission.Job is { } job)
            {
                await terminal.Output.WriteLineAsync($"{job.Id} {StateLabels.Name(job.State)}");
                foreach (var result in submission.Results)
                {
                    await terminal.Output.WriteLineAsync($"  {result}");
                }
            }

            if ((submission.Problem?.Message ?? submission.Job?.Failure?.Message) is { } reason)
            {
                terminal.WriteError($"{submission.Label}: {reason}");
            }
        }

        var finished = submissions.Where(submission => submission.Job is { IsFinal: true }).ToArray();
        if (finished.Length > 0)
        {
            terminal.Messages.Write(TimingTable.Create(finished.Select(submission => (submission.Label, submission.Job!))));
        }
    }

    private bool IsAsWanted(Submission submission) =>
        submission.Job is { } job && (job.State == JobState.Succeeded || (!settings.Wait && !job.IsFinal));
}
