namespace PoseFunctions.LocalHost.Workers;

/// <summary>A worker process did not become ready; the message is its own sentence, where it said one.</summary>
internal sealed class WorkerStartException(string app, string reason, Exception? innerException = null)
    : LocalHostException($"{app}: {reason}", innerException);
