using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;

namespace PoseFunctions.Api.Tests.Support;

/// <summary>A result store whose reads and deletions can be made to fail.</summary>
public sealed class HookedResultStore(IResultStore inner) : IResultStore
{
    /// <summary>Runs before every deletion.</summary>
    public Func<Task> BeforeDelete { get; set; } = () => Task.CompletedTask;

    /// <summary>What callers read of a result that was opened.</summary>
    public Func<Stream, Stream> Reading { get; set; } = content => content;

    public Task<long> WriteAsync(
        JobId job, long fence, int target, ImageFormat format, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.WriteAsync(job, fence, target, format, content, cancellationToken);

    public async Task<Stream?> OpenAsync(JobId job, int target, ImageFormat format, CancellationToken cancellationToken) =>
        await inner.OpenAsync(job, target, format, cancellationToken) is { } content ? Reading(content) : null;

    public async Task DeleteAsync(JobId job, long upToFence, CancellationToken cancellationToken)
    {
        await BeforeDelete();
        await inner.DeleteAsync(job, upToFence, cancellationToken);
    }
}
