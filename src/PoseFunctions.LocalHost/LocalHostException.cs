namespace PoseFunctions.LocalHost;

/// <summary>The local host cannot run as it was asked to; the message says why in one sentence.</summary>
internal class LocalHostException(string message, Exception? innerException = null) : Exception(message, innerException);
