using PoseFunctions.Core.Failures;

namespace PoseFunctions.Core.Intake;

/// <summary>A photo that a request names is not there, and may still come.</summary>
/// <param name="photo">Its file name.</param>
internal sealed class AwaitedPhotoException(string photo) : PoseFunctionsException($"The photo '{photo}' has not arrived yet.")
{
    public string Photo => photo;

    /// <inheritdoc/>
    public override bool IsTransient => true;
}
