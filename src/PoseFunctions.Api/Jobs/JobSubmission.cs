using PoseFunctions.Core.Requests;

namespace PoseFunctions.Api.Jobs;

/// <summary>What a caller sent to make a job.</summary>
/// <param name="Photo">The source photo.</param>
/// <param name="PosePhotos">Photos from which targets take their pose, by the names that the targets use.</param>
/// <param name="Request">What shall be done.</param>
/// <param name="ScenePhoto">The photo that the request names as scene; null where there is none or it is in storage already.</param>
public sealed record JobSubmission(
    SubmittedPhoto Photo,
    IReadOnlyDictionary<string, SubmittedPhoto> PosePhotos,
    TransferRequest Request,
    SubmittedPhoto? ScenePhoto = null)
{
    /// <summary>Further photos of the person that came along, by the names that the request uses.</summary>
    public IReadOnlyDictionary<string, SubmittedPhoto> SourcePhotos { get; init; } = new Dictionary<string, SubmittedPhoto>();
}
