using System.Text.Json;

namespace PoseFunctions.Api.Jobs;

/// <summary>Body of a submission as JSON.</summary>
internal sealed record SubmissionBody
{
    /// <summary>The photo's bytes, base64 on the wire.</summary>
    public required byte[] Photo { get; init; }

    public string? FileName { get; init; }

    /// <summary>The transfer request; read separately, so that its errors read the same from everywhere.</summary>
    public required JsonElement Request { get; init; }

    /// <summary>Photos from which targets take their pose, by the names that the targets use.</summary>
    public IReadOnlyDictionary<string, byte[]?>? PosePhotos { get; init; }

    /// <summary>Further photos of the person, by the names that the request's sources use; those not here are in storage already.</summary>
    public IReadOnlyDictionary<string, byte[]?>? SourcePhotos { get; init; }

    /// <summary>The photo that the request names as scene, base64 on the wire; null where it is in storage already.</summary>
    public byte[]? ScenePhoto { get; init; }
}
