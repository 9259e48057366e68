using Microsoft.Extensions.Logging;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Core.Recovery;

/// <summary>Makes poison visible: a job whose messages kept failing ends as failed, with the reason in its record.</summary>
public sealed partial class PoisonHandler(IJobStore jobs, TimeProvider clock, ILogger<PoisonHandler> logger)
{
    /// <summary>Fails a job unless it ended otherwise.</summary>
    public async Task HandleAsync(JobId id, string reason, CancellationToken cancellationToken)
    {
        Log.Poison(logger, id, reason);
        await jobs.ChangeAsync(
            id,
            known: null,
            record => record.IsFinal
                ? null
                : record.Refuse(new(FailureCodes.AttemptsExhausted, reason, Retryable: true), clock.GetUtcNow()),
            cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Job {JobId} is given up: {Reason}")]
        public static partial void Poison(ILogger logger, JobId jobId, string reason);
    }
}
