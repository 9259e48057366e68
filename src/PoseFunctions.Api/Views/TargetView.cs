using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Api.Views;

/// <summary>One target pose and what became of it.</summary>
/// <param name="Index">Position in the request, from 0.</param>
/// <param name="Name">Library pose, <c>photo</c>, <c>keypoints</c> or <c>scene</c>.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Result">The image; null unless it succeeded.</param>
/// <param name="Failure">Why there is none; null unless it failed.</param>
/// <param name="Warnings">What to look at before the image is used: codes of <see cref="WarningCodes"/>.</param>
public sealed record TargetView(
    int Index, string Name, TargetState State, ResultView? Result, JobFailure? Failure, IReadOnlyList<string> Warnings);
