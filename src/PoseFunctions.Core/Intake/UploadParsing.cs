using PoseFunctions.Core.Failures;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Requests;

namespace PoseFunctions.Core.Intake;

/// <summary>Third step of a delivery: parses the photo and those that its request names.</summary>
public sealed class UploadParsing(PhotoParsing parsing, CompanionPhotos companions, TimeProvider clock)
{
    /// <summary>Parses all photos of a job. What was parsed before a refusal, the arrival knows.</summary>
    /// <exception cref="AwaitedPhotoException">A photo is not there yet without which nothing can be made.</exception>
    /// <exception cref="RejectedException">A photo is refused without which nothing can be made.</exception>
    internal async Task<ParsedUpload> ParseAsync(Arrival arrival, TransferRequest request, CancellationToken cancellationToken)
    {
        var (tenant, started) = (arrival.Id.Tenant, clock.GetTimestamp());
        var (key, parsed) = await parsing.ParseAsync(tenant, arrival.Photo!, request.Person, cancellationToken);
        arrival.Hashes.Add(key.PixelHash);
        arrival.Source = arrival.Source.With(key, parsed);
        foreach (var source in request.Sources)
        {
            arrival.Sources.Add(await companions.ParseSourceAsync(arrival, source, request.PersonInSources, cancellationToken));
        }

        var scene = request.Scene is { } name ? await companions.ParseSceneAsync(arrival, name, cancellationToken) : null;
        var targets = await companions.ResolveTargetsAsync(tenant, request, arrival.Hashes, cancellationToken);
        return new(arrival.Sources, scene, targets, clock.GetElapsedTime(started).TotalMilliseconds);
    }
}
