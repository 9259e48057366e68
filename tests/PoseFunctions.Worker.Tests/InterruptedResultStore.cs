using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;

namespace PoseFunctions.Worker.Tests;

/// <summary>Lets a test look in before and after a result is stored.</summary>
internal sealed class InterruptedResultStore(IResultStore inner, Interruption interruption) : IResultStore
{
    public async Task<long> WriteAsync(
        JobId job, long fence, int target, ImageFormat format, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await interruption.ReachAsync(Moment.Running);
        var length = await inner.WriteAsync(job, fence, target, format, content, cancellationToken);
        await interruption.ReachAsync(Moment.Stored);
        return length;
    }

    public Task<Stream?> OpenAsync(JobId job, int target, ImageFormat format, CancellationToken cancellationToken) =>
        inner.OpenAsync(job, target, format, cancellationToken);

    public Task DeleteAsync(JobId job, long upToFence, CancellationToken cancellationToken) =>
        inner.DeleteAsync(job, upToFence, cancellationToken);
}
