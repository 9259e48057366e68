namespace PoseFunctions.LocalHost.Workers;

/// <summary>The worker process, or the stream to it, is gone: what it was asked for may have been done or not.</summary>
internal sealed class WorkerLostException(string app) : Exception($"The worker of {app} is gone.");
