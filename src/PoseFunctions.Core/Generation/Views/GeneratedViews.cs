using PoseFunctions.Core.Generation.Layouts;

namespace PoseFunctions.Core.Generation.Views;

/// <summary>What a generator made of one target, from every view of the person; in the order of the views.</summary>
/// <param name="Layout">How the target is laid out.</param>
/// <param name="LimbsInvented">Whether it shows legs that no view does.</param>
/// <param name="Inputs">What the generator was given.</param>
/// <param name="People">What it made of it; disposed with this.</param>
internal sealed record GeneratedViews(
    TargetLayout Layout, bool LimbsInvented, IReadOnlyList<GenerationInput> Inputs, IReadOnlyList<GeneratedPerson> People) : IDisposable
{
    /// <summary>How the views go together; null for generators that do not tell where the person's surface comes from.</summary>
    public ViewBlend? Blend { get; } = People.All(person => person.Flow is not null) ? ViewBlend.Of([.. People.Select(person => person.Flow!)]) : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var person in People)
        {
            person.Dispose();
        }
    }
}
