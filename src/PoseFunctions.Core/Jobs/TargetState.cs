using System.Text.Json.Serialization;
using PoseFunctions.Core.Serialization;

namespace PoseFunctions.Core.Jobs;

/// <summary>Where one target pose of a job stands.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<TargetState>))]
public enum TargetState
{
    /// <summary>Not generated yet.</summary>
    Pending,

    /// <summary>Its result can be downloaded.</summary>
    Succeeded,

    /// <summary>It has no result; its failure says why.</summary>
    Failed,
}
