using PoseFunctions.Core.People;
using PoseFunctions.Core.Requests;

namespace PoseFunctions.Core.Jobs;

/// <summary>The schema versions of records, by what each brought: a record carries the lowest that says all that its job needs.</summary>
internal static class RecordSchema
{
    /// <summary>Records that say nothing which the first version did not know; workers of all versions run them.</summary>
    public const int First = 1;

    /// <summary>Brought scenes.</summary>
    public const int Scenes = 2;

    /// <summary>Brought the choice of a person, of a background, of a least coverage and of invented limbs.</summary>
    public const int People = 3;

    /// <summary>Brought several photos of one person.</summary>
    public const int Sources = 4;

    /// <summary>The version for a request. A worker that does not know what is asked for must leave such a job to those that do.</summary>
    public static int VersionFor(TransferRequest request)
    {
        var asksForPeople = request.Person != PersonSelection.Default
            || request.MinCoverage is not null
            || request.InventLimbs
            || request.Output.Background != BackgroundOption.Keep;
        return request.Sources.Count > 0 ? Sources
            : asksForPeople ? People
            : request.Scene is not null ? Scenes
            : First;
    }
}
