using PoseFunctions.Core.Failures;

namespace PoseFunctions.Core.Jobs;

/// <summary>The record was changed or deleted since it was read. Read it again and decide anew.</summary>
public sealed class JobConflictException(JobId id)
    : PoseFunctionsException($"The record of job {id} was changed by someone else.")
{
    /// <inheritdoc/>
    public override bool IsTransient => true;
}
