namespace PoseFunctions.Core.Failures;

/// <summary>A native library, execution provider or model is not installed. The message says what to install.</summary>
public sealed class MissingDependencyException(string message, Exception? innerException = null)
    : PoseFunctionsException(message, innerException)
{
    /// <inheritdoc/>
    public override bool IsTransient => false;
}
