using PoseFunctions.Cli.Photos;
using PoseFunctions.Cli.Service;
using PoseFunctions.Core.Requests;

namespace PoseFunctions.Cli.Commands;

/// <summary>One photo on its way to a job, and what has become of it so far.</summary>
/// <param name="file">The photo.</param>
/// <param name="label">What tells it from the others of the run; names of its results start with it.</param>
/// <param name="request">What shall be done with it.</param>
/// <param name="companions">The photos that the request names besides; null for none.</param>
internal sealed class Submission(PhotoFile file, string label, TransferRequest request, CompanionFiles? companions = null)
{
    public PhotoFile File { get; } = file;

    /// <summary>Where the photo lies.</summary>
    public string Photo => File.Path;

    public string Label { get; } = label;

    public TransferRequest Request { get; } = request;

    public CompanionFiles Companions { get; } = companions ?? new([], Scene: null);

    /// <summary>The job as it was seen last; null until the service has accepted it.</summary>
    public JobView? Job { get; set; }

    /// <summary>Why there is no job, or no more is known of it, in one sentence; null as long as nothing is wrong.</summary>
    public string? Problem { get; set; }

    /// <summary>Files of its results, in the order of the targets that have one.</summary>
    public IReadOnlyList<string> Results { get; set; } = [];

    /// <summary>What to tell a user who wanted results; null where nothing is wrong.</summary>
    public string? Reason => Problem ?? Job?.Failure?.Message;
}
