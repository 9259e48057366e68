namespace PoseFunctions.Infrastructure.Tests.Bicep;

/// <summary>A template or a parameter file.</summary>
/// <param name="Path">Path below the folder of all templates, with forward slashes.</param>
/// <param name="Declarations">What it declares, in order.</param>
public sealed record BicepFile(string Path, IReadOnlyList<BicepDeclaration> Declarations)
{
    public IEnumerable<BicepDeclaration> Parameters => Of("param");

    public IEnumerable<BicepDeclaration> Resources => Of("resource");

    public IEnumerable<BicepDeclaration> Modules => Of("module");

    public IEnumerable<BicepDeclaration> Outputs => Of("output");

    /// <summary>Every expression of the file, those in decorators included.</summary>
    public IEnumerable<BicepExpression> Expressions =>
        from declaration in Declarations
        from expression in declaration.Decorators.Cast<BicepExpression?>().Append(declaration.Value)
        where expression is not null
        from part in expression.All
        select part;

    /// <exception cref="BicepSyntaxException">The text does not follow the grammar.</exception>
    public static BicepFile Parse(string path, string text) => new(path, new BicepFileParser(new BicepTokenizer(text).Read()).ReadFile());

    /// <summary>The path that something written in this file means.</summary>
    public string Resolve(string relative)
    {
        var folder = Path.Contains('/', StringComparison.Ordinal) ? Path[..Path.LastIndexOf('/')] : "";
        return System.IO.Path.GetRelativePath("/", System.IO.Path.GetFullPath(relative, $"/{folder}"));
    }

    public override string ToString() => Path;

    private IEnumerable<BicepDeclaration> Of(string keyword) => Declarations.Where(declaration => declaration.Keyword == keyword);
}
