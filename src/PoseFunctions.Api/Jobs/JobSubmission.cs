using PoseFunctions.Core.Transfers;

namespace PoseFunctions.Api.Jobs;

/// <summary>What a caller sent to make a job.</summary>
/// <param name="Photo">The source photo.</param>
/// <param name="PosePhotos">Photos from which targets take their pose, by the names that the targets use.</param>
/// <param name="Request">What shall be done.</param>
public sealed record JobSubmission(
    SubmittedPhoto Photo, IReadOnlyDictionary<string, SubmittedPhoto> PosePhotos, TransferRequest Request);
