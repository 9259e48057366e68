namespace PoseFunctions.Core.Failures;

/// <summary>
/// What a caller sent cannot be worked on, and never will be. <see cref="Code"/> is one of <see cref="FailureCodes"/>: it is
/// stored in the job record and returned as the problem code over HTTP.
/// </summary>
public sealed class RejectedException(string code, string message, Exception? innerException = null)
    : PoseFunctionsException(message, innerException)
{
    /// <summary>Stable machine-readable code.</summary>
    public string Code { get; } = code;

    /// <inheritdoc/>
    public override bool IsTransient => false;
}
