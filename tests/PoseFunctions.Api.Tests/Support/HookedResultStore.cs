using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Transfers;

namespace PoseFunctions.Api.Tests.Support;

/// <summary>A result store whose deletions can be made to fail.</summary>
public sealed class HookedResultStore(IResultStore inner) : IResultStore
{
    /// <summary>Runs before every deletion.</summary>
    public Func<Task> BeforeDelete { get; set; } = () => Task.CompletedTask;

    public Task<long> WriteOnceAsync(
        JobId job, int target, ImageFormat format, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.WriteOnceAsync(job, target, format, content, cancellationToken);

    public Task<Stream?> OpenAsync(JobId job, int target, ImageFormat format, CancellationToken cancellationToken) =>
        inner.OpenAsync(job, target, format, cancellationToken);

    public async Task DeleteAllAsync(JobId job, CancellationToken cancellationToken)
    {
        await BeforeDelete();
        await inner.DeleteAllAsync(job, cancellationToken);
    }
}
