using PoseFunctions.LocalHost.Protocol;

namespace PoseFunctions.LocalHost.Workers;

/// <summary>The worker ran a function, and it threw or was cancelled; the message is the one of its own exception.</summary>
internal sealed class FunctionFailedException(string function, StatusResult result)
    : Exception(result.Exception?.Message is { Length: > 0 } message ? message : $"{function} ended as {result.Status}.");
