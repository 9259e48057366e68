using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Api.Views;

/// <summary>How to write a photo straight into storage.</summary>
/// <param name="JobId">The job that the photo becomes; null for a pose photo.</param>
/// <param name="Photo">What a target names to take its pose from this photo; null unless it is a pose photo.</param>
/// <param name="Href">Path of the job; null for a pose photo.</param>
/// <param name="Url">Where to send the bytes.</param>
/// <param name="Method">With which HTTP method.</param>
/// <param name="Headers">With which headers, all of them: they carry the request.</param>
/// <param name="ExpiresAt">The URL is refused from then on.</param>
public sealed record UploadView(
    JobId? JobId,
    string? Photo,
    string? Href,
    Uri Url,
    string Method,
    IReadOnlyDictionary<string, string> Headers,
    DateTimeOffset ExpiresAt);
