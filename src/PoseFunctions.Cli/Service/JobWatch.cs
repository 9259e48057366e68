namespace PoseFunctions.Cli.Service;

/// <summary>Follows a job by long polling until it is final.</summary>
internal static class JobWatch
{
    // Short enough that the bar moves between states although a long poll answers at the end only.
    private static readonly TimeSpan PollWait = TimeSpan.FromSeconds(2);

    /// <param name="client">The service.</param>
    /// <param name="job">Where the job was seen last.</param>
    /// <param name="seen">Told of every state that is seen.</param>
    /// <param name="cancellationToken">Stops watching; the job goes on.</param>
    public static async Task<JobView> UntilFinalAsync(
        this PoseFunctionsClient client, JobView job, Action<JobView> seen, CancellationToken cancellationToken)
    {
        seen(job);
        while (!job.IsFinal)
        {
            job = await client.GetJobAsync(job.Id, PollWait, cancellationToken);
            seen(job);
        }

        return job;
    }
}
