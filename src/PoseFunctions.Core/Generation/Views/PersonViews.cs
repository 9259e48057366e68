namespace PoseFunctions.Core.Generation.Views;

/// <summary>All photos of a job's person, its own first and the others in the order of the request; disposed with this.</summary>
internal sealed class PersonViews(IReadOnlyList<PersonView> all) : IDisposable
{
    public IReadOnlyList<PersonView> All => all;

    /// <summary>The job's own photo: results are laid out and painted in it.</summary>
    public PersonView First => all[0];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var view in all)
        {
            view.Dispose();
        }
    }
}
