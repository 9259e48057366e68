using PoseFunctions.Cli.Display;
using PoseFunctions.Cli.Photos;
using PoseFunctions.Cli.Service;
using Spectre.Console;

namespace PoseFunctions.Cli.Commands;

/// <summary>Uploads photos side by side and follows their jobs, with a progress bar each.</summary>
internal sealed class SubmissionRun(PoseFunctionsClient client, IAnsiConsole console, RunSettings settings)
{
    /// <summary>
    /// Brings every submission as far as the settings say. One that is refused, or cannot be read, does not hinder the others.
    /// However this ends, the submissions know their jobs.
    /// </summary>
    /// <exception cref="ServiceProblemException">The service takes nothing from this caller, or is at fault.</exception>
    /// <exception cref="ServiceUnreachableException">The service does not answer.</exception>
    /// <exception cref="IOException">A result cannot be written.</exception>
    public Task RunAsync(IReadOnlyList<Submission> submissions, CancellationToken cancellationToken) =>
        JobProgress.ShowAsync(console, submissions.Count, progress => Parallel.ForEachAsync(
            submissions,
            new ParallelOptions { MaxDegreeOfParallelism = settings.Parallel, CancellationToken = cancellationToken },
            async (submission, stop) =>
            {
                using var bar = progress.Start(submission.Label);
                if (await TrySubmitAsync(submission, bar, stop) && settings.OutputFolder is { } folder)
                {
                    submission.Results = await new ResultFiles(client, folder).SaveAsync(submission.Job!, submission.Label, stop);
                }
            }));

    private async Task<bool> TrySubmitAsync(Submission submission, JobBar bar, CancellationToken cancellationToken)
    {
        try
        {
            var key = settings.DeriveIdempotencyKeys
                ? await IdempotencyKeys.FromContentAsync(submission.File, submission.Companions, submission.Request, cancellationToken)
                : IdempotencyKeys.Fresh();
            See(await client.SubmitAsync(submission.File, submission.Request, key, submission.Companions, cancellationToken));
            if (settings.Wait)
            {
                await client.UntilFinalAsync(submission.Job!, See, cancellationToken);
            }

            return true;
        }
        catch (ServiceProblemException problem) when (problem.IsAboutThisRequest)
        {
            bar.Fail($"refused: {problem.Code ?? problem.Message}");
            submission.Problem = problem.Message;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            bar.Fail("unreadable");
            submission.Problem = exception.Message;
        }

        return false;

        void See(JobView job)
        {
            submission.Job = job;
            bar.Show(job);
        }
    }
}
