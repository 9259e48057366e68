using System.Collections.Concurrent;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;

namespace PoseFunctions.Testing.Stores;

/// <summary>Results in memory.</summary>
public sealed class InMemoryResultStore : IResultStore
{
    private readonly ConcurrentDictionary<(JobId Job, int Target, ImageFormat Format), (long Fence, byte[] Content)> results = [];

    /// <summary>How many results are visible.</summary>
    public int Count => results.Count;

    public Task<long> WriteAsync(
        JobId job, long fence, int target, ImageFormat format, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var there = results.AddOrUpdate(
            (job, target, format), _ => (fence, content.ToArray()), (_, other) => other.Fence < fence ? (fence, content.ToArray()) : other);
        return there.Fence == fence
            ? Task.FromResult((long)there.Content.Length)
            : throw new StaleClaimException(job, fence, $"result {target} was written under claim {there.Fence}");
    }

    public Task<Stream?> OpenAsync(JobId job, int target, ImageFormat format, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<Stream?>(
            results.TryGetValue((job, target, format), out var result) ? new MemoryStream(result.Content, writable: false) : null);
    }

    public Task DeleteAsync(JobId job, long upToFence, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var result in results.Where(result => result.Key.Job == job && result.Value.Fence <= upToFence))
        {
            results.TryRemove(result);
        }

        return Task.CompletedTask;
    }
}
