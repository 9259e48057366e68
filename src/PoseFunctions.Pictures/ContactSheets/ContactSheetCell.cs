using PoseFunctions.Core.Images;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Pictures.ContactSheets;

/// <summary>A target pose and the image generated for it.</summary>
/// <param name="TargetPose">The pose asked for.</param>
/// <param name="PoseFrame">
/// Size of the image whose pixels the pose is given in; null when unknown, then the figure fills its tile.
/// </param>
/// <param name="Result">The generated image, or null when the target failed.</param>
/// <param name="Label">A short line of text under the image.</param>
public sealed record ContactSheetCell(Pose TargetPose, ImageSize? PoseFrame, RgbImage? Result, string Label);
