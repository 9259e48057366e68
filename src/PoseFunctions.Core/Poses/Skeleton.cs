using System.Collections.Frozen;

namespace PoseFunctions.Core.Poses;

/// <summary>The joints' names and the limbs between them.</summary>
public static class Skeleton
{
    /// <summary>Number of joints, and of heatmap channels a pose.</summary>
    public const int JointCount = 18;

    /// <summary>Names in channel order, as manifests, requests and the pose library write them.</summary>
    public static IReadOnlyList<string> JointNames { get; } =
    [
        "nose", "neck", "right_shoulder", "right_elbow", "right_wrist", "left_shoulder", "left_elbow", "left_wrist", "right_hip",
        "right_knee", "right_ankle", "left_hip", "left_knee", "left_ankle", "right_eye", "left_eye", "right_ear", "left_ear",
    ];

    /// <summary>Joint by name.</summary>
    public static FrozenDictionary<string, Joint> JointsByName { get; } =
        JointNames.Select((name, index) => (name, index)).ToFrozenDictionary(joint => joint.name, joint => (Joint)joint.index);

    /// <summary>The limbs, each from the joint nearer the neck to the one farther away, parents before children.</summary>
    public static IReadOnlyList<(Joint From, Joint To)> Limbs { get; } =
    [
        (Joint.Neck, Joint.Nose),
        (Joint.Neck, Joint.RightShoulder), (Joint.RightShoulder, Joint.RightElbow), (Joint.RightElbow, Joint.RightWrist),
        (Joint.Neck, Joint.LeftShoulder), (Joint.LeftShoulder, Joint.LeftElbow), (Joint.LeftElbow, Joint.LeftWrist),
        (Joint.Neck, Joint.RightHip), (Joint.RightHip, Joint.RightKnee), (Joint.RightKnee, Joint.RightAnkle),
        (Joint.Neck, Joint.LeftHip), (Joint.LeftHip, Joint.LeftKnee), (Joint.LeftKnee, Joint.LeftAnkle),
        (Joint.Nose, Joint.RightEye), (Joint.RightEye, Joint.RightEar),
        (Joint.Nose, Joint.LeftEye), (Joint.LeftEye, Joint.LeftEar),
    ];
}
