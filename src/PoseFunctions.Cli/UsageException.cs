namespace PoseFunctions.Cli;

/// <summary>What was asked for cannot be done as asked; the message says why in one sentence.</summary>
internal sealed class UsageException(string message, Exception? innerException = null) : Exception(message, innerException);
