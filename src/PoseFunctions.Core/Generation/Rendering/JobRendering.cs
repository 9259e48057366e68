using PoseFunctions.Core.Generation.Composition;
using PoseFunctions.Core.Generation.Views;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Core.Generation.Rendering;

/// <summary>What all targets of a job are rendered with.</summary>
/// <param name="Job">The job.</param>
/// <param name="Views">The photos of its person.</param>
/// <param name="Scene">The photo whose scene the person is put into, or null.</param>
/// <param name="Latents">What the generator's encoder says of each view.</param>
/// <param name="Output">Size of the results.</param>
/// <param name="Canvas">What the results are painted on.</param>
/// <param name="Generator">The generator.</param>
internal sealed record JobRendering(
    JobRecord Job,
    PersonViews Views,
    FramedPhoto? Scene,
    IReadOnlyList<float[]> Latents,
    ImageSize Output,
    JobCanvas Canvas,
    IPoseGenerator Generator)
{
    /// <summary>The photo whose picture is redrawn.</summary>
    public FramedPhoto Painted => Scene ?? Views.First.Frame;
}
