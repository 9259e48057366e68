namespace PoseFunctions.Core.Failures;

/// <summary>Storage, the queue or the inference runtime did not do its part. Retried when transient, surfaced otherwise.</summary>
public sealed class InfrastructureException(string message, bool isTransient, Exception? innerException = null)
    : PoseFunctionsException(message, innerException)
{
    /// <inheritdoc/>
    public override bool IsTransient { get; } = isTransient;
}
