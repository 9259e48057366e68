using PoseFunctions.Core.Failures;

namespace PoseFunctions.Core.Jobs;

/// <summary>
/// A newer revision wrote this record, and this one would lose what it does not know of. Passes once a newer revision tries,
/// which is why both may run at once.
/// </summary>
public sealed class NewerSchemaException(JobId id, int version)
    : PoseFunctionsException(
        $"The record of job {id} has schema {version}; this revision writes {JobRecord.CurrentSchemaVersion} and leaves it to newer ones.")
{
    /// <inheritdoc/>
    public override bool IsTransient => true;
}
