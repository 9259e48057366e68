using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Core.Transfers;

/// <summary>Generated images, named <c>{tenant}/{job}/{target}.{ext}</c>. A result once written never changes.</summary>
public interface IResultStore
{
    /// <summary>
    /// Writes a result unless there is one. The first writer wins: after a crash the next attempt finds what is already there.
    /// </summary>
    /// <returns>Bytes of the result that is now visible.</returns>
    Task<long> WriteOnceAsync(JobId job, int target, ImageFormat format, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Opens a result for reading; null when there is none.</summary>
    Task<Stream?> OpenAsync(JobId job, int target, ImageFormat format, CancellationToken cancellationToken);

    /// <summary>Deletes every result of a job.</summary>
    Task DeleteAllAsync(JobId job, CancellationToken cancellationToken);
}
