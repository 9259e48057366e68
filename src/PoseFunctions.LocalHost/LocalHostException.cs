namespace PoseFunctions.LocalHost;

/// <summary>The local host cannot start as it was asked to; the message says why in one sentence.</summary>
internal sealed class LocalHostException(string message) : Exception(message);
