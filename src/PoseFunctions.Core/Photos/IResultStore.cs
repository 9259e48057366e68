using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Core.Photos;

/// <summary>
/// Generated images, named <c>{tenant}/{job}/{target}.{ext}</c>. Each carries the fencing number of the claim that made it, and
/// only gives way to one with a higher number: no result changes once its job has ended.
/// </summary>
public interface IResultStore
{
    /// <summary>Writes a result under a claim, once: a second write under the same claim changes nothing.</summary>
    /// <returns>Bytes of the result that is now visible.</returns>
    /// <exception cref="StaleClaimException">There is a result of a later claim.</exception>
    Task<long> WriteAsync(
        JobId job, long fence, int target, ImageFormat format, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Opens a result for reading from any position; null when there is none. What is not read is not fetched.</summary>
    Task<Stream?> OpenAsync(JobId job, int target, ImageFormat format, CancellationToken cancellationToken);

    /// <summary>Deletes the results that claims up to this number made.</summary>
    Task DeleteAsync(JobId job, long upToFence, CancellationToken cancellationToken);
}
