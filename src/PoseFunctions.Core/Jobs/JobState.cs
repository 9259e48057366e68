using System.Text.Json.Serialization;
using PoseFunctions.Core.Serialization;

namespace PoseFunctions.Core.Jobs;

/// <summary>Where a job stands: <c>accepted, parsing, queued, running</c>, then one of the four final states.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<JobState>))]
public enum JobState
{
    /// <summary>The photo is in storage; nobody has looked at it yet.</summary>
    Accepted,

    /// <summary>Keypoints and body parts are being found.</summary>
    Parsing,

    /// <summary>Waiting for a worker.</summary>
    Queued,

    /// <summary>Claimed by a worker.</summary>
    Running,

    /// <summary>Final: at least one target has a result.</summary>
    Succeeded,

    /// <summary>Final: <see cref="JobRecord.Failure"/> says why.</summary>
    Failed,

    /// <summary>Final: cancelled by the caller.</summary>
    Cancelled,

    /// <summary>Final: not started before its deadline.</summary>
    Expired,
}
