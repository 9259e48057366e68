using PoseFunctions.Core.Models;

namespace PoseFunctions.ModelImport.Published;

/// <summary>
/// BlazePose (V. Bazarevsky et al., "BlazePose: On-device Real-time Body Pose tracking", 2020) as npm publishes it in
/// <c>@mediapipe/pose</c>: a network that finds people, and one that finds the landmarks and the mask of one of them.
/// </summary>
internal static class BlazePose
{
    /// <summary>The version of the package; <c>eng/package.json</c> has the same.</summary>
    public const string PackageVersion = "0.5.1675469404";

    private const string License = "Apache-2.0";
    private const string Architecture = "blazepose";

    // The file packs several, and the detector comes first.
    private static readonly PublishedModel Detector = new()
    {
        Name = "blazepose-detector",
        Version = PackageVersion,
        PackageFile = "pose_solution_packed_assets.data",
        PackageSha256 = "a63c614bef30d35947f13be361820b1e4e3bec9cfeebf4d11216a18373108e85",
        License = License,
        Architecture = Architecture,
        Description = "Finds people in photographs and how each is turned; published by MediaPipe, imported unchanged.",
        Kind = ModelKind.Persons,
        Mean = 127.5f,
        Std = 127.5f,
        Outputs =
        [
            new("Identity", "boxes", TensorRoles.Boxes),
            new("Identity_1", "box_scores", TensorRoles.BoxScores),
        ],
        Fit = PhotoFit.Letterbox,
        Decoder = new("anchors", MinimumConfidence: 0.5f, Strides: [8, 16, 32, 32, 32], AnchorsPerCell: 2),
    };

    private static readonly PublishedModel Landmarks = new()
    {
        Name = "blazepose-landmarks",
        Version = PackageVersion,
        PackageFile = "pose_landmark_full.tflite",
        PackageSha256 = "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
        License = License,
        Architecture = Architecture,
        Description = "Finds 33 landmarks and the mask of a person in photographs; published by MediaPipe, imported unchanged.",
        Kind = ModelKind.Landmarks,
        Mean = 0,
        Std = 255,
        Outputs =
        [
            new("Identity", "landmarks", TensorRoles.Landmarks),
            new("Identity_1", "presence", TensorRoles.Presence),
            new("Identity_2", "person_mask", TensorRoles.PersonMask),

            // Inner activations: the pyramid's last level, with which heatmaps and mask begin, and two of the way down to it.
            new("model_1/model/add_11/add", "features_64", TensorRoles.Features),
            new("model_1/model/add_1/add", "features_32", TensorRoles.Features),
            new("model_1/model/add_5/add", "features_16", TensorRoles.Features),
        ],
        Fit = PhotoFit.UprightSquare,
        FitMargin = 0.25f,
        Decoder = new("landmarks", MinimumConfidence: 0.5f),
        Keypoints = new(BlazePoseLandmarks.Names),
    };

    /// <summary>Both networks.</summary>
    public static IReadOnlyList<PublishedModel> Models { get; } = [Detector, Landmarks];
}
