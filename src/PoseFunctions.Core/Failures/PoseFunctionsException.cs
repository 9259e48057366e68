namespace PoseFunctions.Core.Failures;

/// <summary>Root of every exception that this product throws on purpose.</summary>
public abstract class PoseFunctionsException(string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>Whether trying the same thing again later can succeed. Decides retry or final failure.</summary>
    public abstract bool IsTransient { get; }
}
