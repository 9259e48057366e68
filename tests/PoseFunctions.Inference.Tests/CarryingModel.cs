using PoseFunctions.Inference.Tests.People;

namespace PoseFunctions.Inference.Tests;

/// <summary>
/// A generator of 4 x 4 pixels that gives the source back and tells a flow: red is the column and green the row that each place comes
/// from, blue whether it is seen, each as a share of 255; the person is where the source's parsing map has them.
/// </summary>
internal static class CarryingModel
{
    public static HandMadeModel Create() => new("carrying", """
        { "kind": "generator", "height": 4, "width": 4, "fit": "letterbox",
          "inputs": [
            { "name": "source_image", "role": "sourceImage", "type": "float32", "shape": ["batch", 3, 4, 4], "mean": [0, 0, 0], "std": [1, 1, 1] },
            { "name": "source_parsing", "role": "sourceParsing", "type": "float32", "shape": ["batch", 2, 4, 4] },
            { "name": "target_pose", "role": "targetPose", "type": "float32", "shape": ["batch", 18, 4, 4] } ],
          "outputs": [
            { "name": "image", "role": "generatedImage", "type": "float32", "shape": ["batch", 3, 4, 4], "mean": [0, 0, 0], "std": [1, 1, 1] },
            { "name": "flow", "role": "flow", "type": "float32", "shape": ["batch", 2, 4, 4] },
            { "name": "visibility", "role": "visibility", "type": "float32", "shape": ["batch", 1, 4, 4] },
            { "name": "target_parsing", "role": "targetParsing", "type": "float32", "shape": ["batch", 2, 4, 4] } ],
          "keypoints": { "order": ["nose", "neck", "right_shoulder", "right_elbow", "right_wrist", "left_shoulder", "left_elbow", "left_wrist",
            "right_hip", "right_knee", "right_ankle", "left_hip", "left_knee", "left_ankle", "right_eye", "left_eye", "right_ear", "left_ear"],
            "sigma": 1.0 },
          "labels": ["background", "person"],
          "labelMapping": { "background": ["background"],
            "person": ["hair", "face", "upper_clothes", "lower_clothes", "arms", "legs", "shoes", "accessory"] },
          "decoder": null }
        """);
}
