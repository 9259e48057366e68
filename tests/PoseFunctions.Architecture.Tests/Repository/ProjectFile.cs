using System.Xml.Linq;
using PoseFunctions.Testing;

namespace PoseFunctions.Architecture.Tests.Repository;

/// <summary>A project of the solution as its file describes it.</summary>
/// <param name="Name">File name without extension.</param>
/// <param name="Folder">Full path of its folder.</param>
/// <param name="Xml">The file.</param>
public sealed record ProjectFile(string Name, string Folder, XElement Xml)
{
    /// <summary>Names of the projects it refers to.</summary>
    public IReadOnlyList<string> ProjectReferences { get; } = Includes(Xml, "ProjectReference", Path.GetFileNameWithoutExtension);

    /// <summary>Ids of the packages it refers to, for any accelerator.</summary>
    public IReadOnlyList<string> Packages { get; } = Includes(Xml, "PackageReference", id => id);

    /// <summary>The projects under <c>src</c> or <c>tests</c>, each in a folder of its own; builds generate others further down.</summary>
    public static IEnumerable<ProjectFile> Under(string folder) =>
        from parent in Directory.EnumerateDirectories(RepositoryRoot.Combine(folder))
        from path in Directory.EnumerateFiles(parent, "*.csproj")
        orderby path
        select new ProjectFile(Path.GetFileNameWithoutExtension(path), Path.GetDirectoryName(path)!, XElement.Load(path));

    /// <summary>Its C# files, without what builds write.</summary>
    public IEnumerable<SourceFile> Sources() =>
        from path in Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(Folder, path).Replace('\\', '/')
        where !relative.StartsWith("bin/", StringComparison.Ordinal) && !relative.StartsWith("obj/", StringComparison.Ordinal)
        orderby relative
        select new SourceFile(Name, relative, File.ReadAllText(path));

    public override string ToString() => Name;

    private static string[] Includes(XElement xml, string element, Func<string, string?> nameOf) =>
        [.. xml.Descendants(element).Select(reference => nameOf(reference.Attribute("Include")!.Value)!).Order(StringComparer.Ordinal)];
}
