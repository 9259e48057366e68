using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Transfers;

namespace PoseFunctions.Api.Tests.Support;

/// <summary>A result store whose deletions can be made to fail.</summary>
public sealed class HookedResultStore(IResultStore inner) : IResultStore
{
    /// <summary>Runs before every deletion.</summary>
    public Func<Task> BeforeDelete { get; set; } = () => Task.CompletedTask;

    public Task<long> WriteAsync(
        JobId job, long fence, int target, ImageFormat format, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.WriteAsync(job, fence, target, format, content, cancellationToken);

    public Task<Stream?> OpenAsync(JobId job, int target, ImageFormat format, CancellationToken cancellationToken) =>
        inner.OpenAsync(job, target, format, cancellationToken);

    public async Task DeleteAsync(JobId job, long upToFence, CancellationToken cancellationToken)
    {
        await BeforeDelete();
        await inner.DeleteAsync(job, upToFence, cancellationToken);
    }
}
