namespace PoseFunctions.Core.Jobs;

/// <summary>Why a job or one target failed.</summary>
/// <param name="Code">One of <see cref="Failures.FailureCodes"/>.</param>
/// <param name="Message">One sentence for the person who uploaded the photo.</param>
/// <param name="Retryable">Whether submitting the same again can succeed.</param>
public sealed record JobFailure(string Code, string Message, bool Retryable);
