using System.Text.Json.Serialization;
using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.Requests;

/// <summary>How results are written.</summary>
/// <param name="Format">Encoding.</param>
/// <param name="Quality">1 to 100; ignored by PNG.</param>
/// <param name="LongSide">
/// Long side of the results in pixels, 16 to 4096; null for the photo's own, at most 1024. The aspect ratio is the photo's.
/// </param>
/// <param name="KeepBackground">Without effect since <see cref="Background"/> is there, and read so that older callers stay understood.</param>
public sealed record OutputOptions(
    ImageFormat Format = ImageFormat.Jpeg, int Quality = 90, int? LongSide = null, bool KeepBackground = false)
{
    /// <summary>What stands behind the person.</summary>
    [JsonIgnore]
    public BackgroundOption Background { get; init; } = BackgroundOption.Keep;

    /// <summary><see cref="Background"/> as JSON has it: left out where it is the default, as <see cref="TransferRequest.NamedPerson"/> is.</summary>
    [JsonPropertyName("background")]
    public BackgroundOption? NamedBackground
    {
        get => Background == BackgroundOption.Keep ? null : Background;
        init => Background = value ?? BackgroundOption.Keep;
    }
}
