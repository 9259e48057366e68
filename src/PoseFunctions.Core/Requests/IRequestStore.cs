using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Core.Requests;

/// <summary>Requests too long for a photo's metadata, kept beside it.</summary>
public interface IRequestStore
{
    /// <summary>Writes a request under a key.</summary>
    Task WriteAsync(Tenant tenant, string key, ReadOnlyMemory<byte> utf8Json, CancellationToken cancellationToken);

    /// <summary>The request; null when there is none.</summary>
    Task<byte[]?> FindAsync(Tenant tenant, string key, CancellationToken cancellationToken);

    /// <summary>Deletes a request. No error when it is gone.</summary>
    Task DeleteAsync(Tenant tenant, string key, CancellationToken cancellationToken);
}
