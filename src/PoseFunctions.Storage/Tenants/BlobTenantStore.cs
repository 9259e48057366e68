using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Storage.Failures;

namespace PoseFunctions.Storage.Tenants;

/// <summary>What lies under <c>{tenant}/</c> in the containers of photos, requests, parsed photos and results.</summary>
internal sealed class BlobTenantStore(IReadOnlyList<BlobContainerClient> containers) : ITenantStore
{
    private const int AtOnce = 8;

    public async Task<int> DeleteSomeAsync(Tenant tenant, int atMost, CancellationToken cancellationToken)
    {
        var deleted = 0;
        foreach (var container in containers)
        {
            var names = await NamesAsync(container, $"{tenant}/", atMost - deleted, cancellationToken).ConfigureAwait(false);
            var limits = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(names, limits, async (name, stop) => await container
                .DeleteBlobIfExistsAsync(name, cancellationToken: stop).OrFailAsync().ConfigureAwait(false)).ConfigureAwait(false);
            deleted += names.Count;
        }

        return deleted;
    }

    private static async Task<List<string>> NamesAsync(
        BlobContainerClient container, string prefix, int atMost, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        if (atMost == 0)
        {
            return names;
        }

        var listing = container.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellationToken).OrFail();
        await foreach (var blob in listing.ConfigureAwait(false))
        {
            // In a URL such a name could mean another blob, of another tenant even.
            names.Add(PhotoNames.FindProblem(prefix.TrimEnd('/'), blob.Name[prefix.Length..]) is null ? blob.Name : throw new RejectedException(
                FailureCodes.JobStateConflict,
                $"A name in container '{container.Name}' cannot be part of a URL; delete that blob with the tool that stored it first."));
            if (names.Count == atMost)
            {
                break;
            }
        }

        return names;
    }
}
