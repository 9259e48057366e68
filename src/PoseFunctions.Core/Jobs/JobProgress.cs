namespace PoseFunctions.Core.Jobs;

/// <summary>How far a job has come, by its state alone.</summary>
internal static class JobProgress
{
    /// <summary>Share of the work that is done, 0 to 100.</summary>
    public static int PercentAt(JobState state) => state switch
    {
        JobState.Accepted => 0,
        JobState.Parsing => 10,
        JobState.Queued => 25,
        JobState.Running => 50,
        _ => 100,
    };
}
