using PoseFunctions.Cli.Service;

namespace PoseFunctions.Cli.Commands;

/// <summary>What became of one photo.</summary>
/// <param name="Photo">The file.</param>
/// <param name="Label">Its name on the screen and in results' names; no two are the same.</param>
/// <param name="Job">Its job; null where it was refused.</param>
/// <param name="Problem">Why it was refused; null where it was not.</param>
/// <param name="Results">Files that were saved.</param>
internal sealed record Submission(
    string Photo, string Label, JobView? Job, ServiceProblemException? Problem, IReadOnlyList<string> Results);
