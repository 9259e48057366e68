using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Core.People;

/// <summary>Judges whether what was parsed is enough for a pose transfer.</summary>
public static class PersonRequirements
{
    /// <summary>Fewer joints than this, at any confidence above half the minimum, is no person.</summary>
    private const int FewestJointsOfAPerson = 4;

    /// <summary>Of each pair at least one joint must be found: in a side view the far one is hidden.</summary>
    private static readonly (Joint Right, Joint Left, string Name)[] RequiredPairs =
    [
        (Joint.RightShoulder, Joint.LeftShoulder, "shoulders"),
        (Joint.RightHip, Joint.LeftHip, "hips"),
    ];

    /// <summary>
    /// Returns the pose with only the joints that were found with at least <paramref name="minimumConfidence"/>.
    /// </summary>
    /// <exception cref="RejectedException">
    /// <see cref="FailureCodes.PersonMissing"/> when hardly any joint was seen at all; <see cref="FailureCodes.PersonUncertain"/>
    /// when joints were seen but below the confidence; <see cref="FailureCodes.PersonIncomplete"/> when both
    /// shoulders or both hips were not found; legs may lie outside the picture.
    /// </exception>
    public static Pose Check(ParsedPerson person, float minimumConfidence)
    {
        ArgumentNullException.ThrowIfNull(person);
        var faint = person.Pose.Keypoints.ToArray().Count(keypoint => keypoint.Confidence >= minimumConfidence / 2);
        var found = Confident(person.Pose, minimumConfidence);
        if (faint < FewestJointsOfAPerson)
        {
            throw new RejectedException(
                FailureCodes.PersonMissing,
                $"No person was found: {faint} of {Skeleton.JointCount} joints could be seen.");
        }

        if (found.PresentCount < FewestJointsOfAPerson)
        {
            throw new RejectedException(
                FailureCodes.PersonUncertain,
                $"A person was seen, but only {found.PresentCount} joints reach the required confidence of {minimumConfidence:0.##}.");
        }

        var missing = RequiredPairs.Where(pair => found[pair.Right].IsMissing && found[pair.Left].IsMissing).ToArray();
        if (missing.Length > 0)
        {
            throw new RejectedException(
                FailureCodes.PersonIncomplete,
                $"Only part of a person is in the picture; not found: {string.Join(", ", missing.Select(pair => pair.Name))}.");
        }

        return found;
    }

    private static Pose Confident(Pose pose, float minimumConfidence) =>
        new(pose.Keypoints.ToArray().Select(k => k.Confidence >= minimumConfidence ? k : Keypoint.Missing).ToArray());
}
