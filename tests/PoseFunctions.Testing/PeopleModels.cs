namespace PoseFunctions.Testing;

/// <summary>The models of this repository that find and parse people: two imported at set-up, and the parser that ships.</summary>
public static class PeopleModels
{
    /// <summary>Their folders, in the order in which the service loads them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["blazepose-detector", "blazepose-landmarks", "person-parsing"];

    /// <summary>Puts links to them into a folder of model folders.</summary>
    /// <param name="models">The folder.</param>
    public static void Link(string models) => Link(models, Names);

    /// <summary>Puts links to some of this repository's models into a folder of model folders.</summary>
    /// <param name="models">The folder.</param>
    /// <param name="names">Folders below <c>models</c>.</param>
    public static void Link(string models, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        foreach (var name in names)
        {
            Directory.CreateSymbolicLink(Path.Combine(models, name), RepositoryRoot.Combine("models", name));
        }
    }
}
