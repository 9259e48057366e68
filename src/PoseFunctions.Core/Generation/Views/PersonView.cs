using PoseFunctions.Core.Generation.Rendering;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;

namespace PoseFunctions.Core.Generation.Views;

/// <summary>One photo of a job's person, as the generator sees it.</summary>
/// <param name="Source">The photo as the job's record tells of it.</param>
/// <param name="Key">Under which it is kept, parsed.</param>
/// <param name="Frame">The person's window of it; disposed with this.</param>
internal sealed record PersonView(SourcePhoto Source, ParsedPhotoKey Key, FramedPhoto Frame) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Frame.Dispose();
}
