using PoseFunctions.Core.Poses;

namespace PoseFunctions.Core.People;

/// <summary>Our own labels of a person's parts, and which bones they lie along.</summary>
public static class BodyPart
{
    public const string Background = "background";

    /// <summary>How far down the shin legs and what covers them reach, and shoes begin.</summary>
    private const float Hem = 0.85f;

    /// <summary>
    /// What a person carries or wears beside their clothes, such as bags and hats. To a model that knows no such label it is background.
    /// </summary>
    public const string Accessory = "accessory";

    /// <summary>The labels, background first; manifests map all others to these.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [Background, "hair", "face", "upper_clothes", "lower_clothes", "arms", "legs", "shoes", Accessory];

    /// <summary>
    /// The bones that a part lies along, each with the shares of its length where the part begins and ends; none for the background.
    /// </summary>
    internal static IReadOnlyList<(Joint From, Joint To, float Begin, float End)> BonesOf(string part) => part switch
    {
        "hair" => [(Joint.RightEye, Joint.LeftEye, 0, 1)],
        "face" => [(Joint.Nose, Joint.Nose, 0, 0), (Joint.Neck, Joint.Nose, 0.3f, 1)],
        "upper_clothes" =>
        [
            (Joint.Neck, Joint.RightShoulder, 0, 1), (Joint.Neck, Joint.LeftShoulder, 0, 1),
            (Joint.Neck, Joint.RightHip, 0, 1), (Joint.Neck, Joint.LeftHip, 0, 1),
            (Joint.RightShoulder, Joint.RightElbow, 0, 1), (Joint.LeftShoulder, Joint.LeftElbow, 0, 1),
            (Joint.RightElbow, Joint.RightWrist, 0, 1), (Joint.LeftElbow, Joint.LeftWrist, 0, 1),
        ],
        "arms" =>
        [
            (Joint.RightShoulder, Joint.RightElbow, 0, 1), (Joint.LeftShoulder, Joint.LeftElbow, 0, 1),
            (Joint.RightElbow, Joint.RightWrist, 0, 1), (Joint.LeftElbow, Joint.LeftWrist, 0, 1),
        ],
        "lower_clothes" or "legs" =>
        [
            (Joint.RightHip, Joint.RightKnee, 0, 1), (Joint.LeftHip, Joint.LeftKnee, 0, 1),
            (Joint.RightKnee, Joint.RightAnkle, 0, Hem), (Joint.LeftKnee, Joint.LeftAnkle, 0, Hem),
        ],
        "shoes" => [(Joint.RightKnee, Joint.RightAnkle, Hem, 1), (Joint.LeftKnee, Joint.LeftAnkle, Hem, 1)],
        _ => [],
    };
}
