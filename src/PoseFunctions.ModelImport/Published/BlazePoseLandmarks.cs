namespace PoseFunctions.ModelImport.Published;

/// <summary>The points that BlazePose finds, in its order.</summary>
internal static class BlazePoseLandmarks
{
    /// <summary>33 points of the body, then 6 that only help to follow a person through a film.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "nose", "left_eye_inner", "left_eye", "left_eye_outer", "right_eye_inner", "right_eye", "right_eye_outer", "left_ear", "right_ear",
        "mouth_left", "mouth_right", "left_shoulder", "right_shoulder", "left_elbow", "right_elbow", "left_wrist", "right_wrist",
        "left_pinky", "right_pinky", "left_index", "right_index", "left_thumb", "right_thumb", "left_hip", "right_hip",
        "left_knee", "right_knee", "left_ankle", "right_ankle", "left_heel", "right_heel", "left_foot_index", "right_foot_index",
        "body_center", "body_circle", "left_palm_center", "left_palm_circle", "right_palm_center", "right_palm_circle",
    ];
}
