namespace PoseFunctions.Core.Poses;

/// <summary>The 18 joints in channel order (OpenPose, trained on COCO). Right and left are the person's own.</summary>
public enum Joint
{
    Nose,
    Neck,
    RightShoulder,
    RightElbow,
    RightWrist,
    LeftShoulder,
    LeftElbow,
    LeftWrist,
    RightHip,
    RightKnee,
    RightAnkle,
    LeftHip,
    LeftKnee,
    LeftAnkle,
    RightEye,
    LeftEye,
    RightEar,
    LeftEar,
}
