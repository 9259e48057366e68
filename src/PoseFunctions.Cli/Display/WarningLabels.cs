using PoseFunctions.Cli.Service;

namespace PoseFunctions.Cli.Display;

/// <summary>What a service warns of, in words; a code that this program does not know yet is shown as it is.</summary>
internal static class WarningLabels
{
    /// <summary>Of a job and of its targets.</summary>
    public static IEnumerable<string> Of(JobView job) => job.Warnings.Select(Sentence)
        .Concat(job.Targets.SelectMany(target => target.Warnings.Select(warning => $"{target.Name}: {Sentence(warning)}")));

    private static string Sentence(string code) => code switch
    {
        "several_people" => "several people are in the photo, and the largest was taken; say with --person who is meant",
        "photo_turned" => "the photo was turned so that the person stands",
        "low_coverage" => "the photo shows less than half of the person in this pose",
        "limbs_invented" => "no photo shows the legs of this pose; they were invented",
        _ => code,
    };
}
