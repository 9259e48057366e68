using System.Text.Json.Serialization;
using PoseFunctions.Core.Serialization;

namespace PoseFunctions.Api.Jobs;

/// <summary>What a photo that goes straight into storage is for.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<UploadPurpose>))]
public enum UploadPurpose
{
    /// <summary>The source photo of a job: <c>source</c>.</summary>
    [JsonStringEnumMemberName("source")]
    Source,

    /// <summary>A photo from which target poses are taken: <c>pose-photo</c>.</summary>
    [JsonStringEnumMemberName("pose-photo")]
    PosePhoto,
}
