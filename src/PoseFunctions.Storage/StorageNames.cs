namespace PoseFunctions.Storage;

/// <summary>Names of the containers and the queue. The triggers bind to some of them by the same names.</summary>
internal static class StorageNames
{
    public const string Jobs = "jobs";
    public const string Workers = "workers";
    public const string Uploads = "uploads";
    public const string PosePhotos = "pose-photos";
    public const string Requests = "requests";
    public const string Results = "results";
    public const string Parsed = "parsed";

    public const string JobQueue = "pose-jobs";

    /// <summary>Where photos of a tenant and what came from them lie under <c>{tenant}/</c>; photos first, or they would be parsed anew.</summary>
    public static IReadOnlyList<string> OfTenants { get; } = [Uploads, PosePhotos, Requests, Parsed, Results];

    public static IReadOnlyList<string> Containers { get; } = [Jobs, Workers, Uploads, PosePhotos, Requests, Results, Parsed];
}
