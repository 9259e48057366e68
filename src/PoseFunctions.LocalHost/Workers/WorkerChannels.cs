using System.Collections.Concurrent;

namespace PoseFunctions.LocalHost.Workers;

/// <summary>The workers that may connect, or have.</summary>
internal sealed class WorkerChannels
{
    private readonly ConcurrentDictionary<string, WorkerChannel> channels = new(StringComparer.Ordinal);

    public void Add(WorkerChannel channel) => channels[channel.WorkerId] = channel;

    public void Remove(WorkerChannel channel) => channels.TryRemove(channel.WorkerId, out _);

    /// <returns>Null for a process that this host did not start.</returns>
    public WorkerChannel? Find(string workerId) => channels.GetValueOrDefault(workerId);
}
