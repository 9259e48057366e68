using System.Collections.Concurrent;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Transfers;

namespace PoseFunctions.Testing.Stores;

/// <summary>Results in memory.</summary>
public sealed class InMemoryResultStore : IResultStore
{
    private readonly ConcurrentDictionary<(JobId Job, int Target, ImageFormat Format), byte[]> results = [];

    /// <summary>How many results are visible.</summary>
    public int Count => results.Count;

    public Task<long> WriteOnceAsync(
        JobId job, int target, ImageFormat format, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult((long)results.GetOrAdd((job, target, format), content.ToArray()).Length);
    }

    public Task<Stream?> OpenAsync(JobId job, int target, ImageFormat format, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<Stream?>(
            results.TryGetValue((job, target, format), out var content) ? new MemoryStream(content, writable: false) : null);
    }

    public Task DeleteAllAsync(JobId job, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var key in results.Keys.Where(key => key.Job == job))
        {
            results.TryRemove(key, out _);
        }

        return Task.CompletedTask;
    }
}
