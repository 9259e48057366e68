using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;

namespace PoseFunctions.Api.Views;

/// <summary>Stable codes of what went well but may not be what the caller wants.</summary>
public static class WarningCodes
{
    /// <summary>Several people are in a photo and nothing was said about which one is meant: the largest was taken.</summary>
    public const string SeveralPeople = "several_people";

    /// <summary>The photo was turned so that the person in it stands; results stand as well.</summary>
    public const string PhotoTurned = "photo_turned";

    /// <summary>The photo shows less than half of the person in this pose; the rest was invented.</summary>
    public const string LowCoverage = "low_coverage";

    /// <summary>The pose shows legs that no photo does; they were invented, as the request allows.</summary>
    public const string LimbsInvented = "limbs_invented";

    private const double FewestCovered = 0.5;

    /// <summary>Of a job's photos.</summary>
    public static IReadOnlyList<string> Of(JobRecord job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return
        [
            .. HasUnmeant(job.Source, job.Request.Person) || job.Sources.Any(source => HasUnmeant(source, job.Request.PersonInSources))
                ? [SeveralPeople]
                : Array.Empty<string>(),
            .. job.Source.Turns > 0 ? [PhotoTurned] : Array.Empty<string>(),
        ];
    }

    /// <summary>Of one target.</summary>
    public static IReadOnlyList<string> Of(JobTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return
        [
            .. target.Result?.Coverage < FewestCovered ? [LowCoverage] : Array.Empty<string>(),
            .. target.Result?.LimbsInvented == true ? [LimbsInvented] : Array.Empty<string>(),
        ];
    }

    private static bool HasUnmeant(SourcePhoto photo, PersonSelection selection) => photo.People > 1 && selection == PersonSelection.Default;
}
