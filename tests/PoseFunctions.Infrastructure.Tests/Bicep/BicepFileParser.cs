namespace PoseFunctions.Infrastructure.Tests.Bicep;

/// <summary>Reads the declarations of a file.</summary>
internal sealed class BicepFileParser(IReadOnlyList<BicepToken> tokens) : BicepParser(tokens)
{
    public IReadOnlyList<BicepDeclaration> ReadFile()
    {
        var declarations = new List<BicepDeclaration>();
        SkipNewLines();
        while (Current.Kind != BicepTokenKind.End)
        {
            declarations.Add(ReadDeclaration(ReadDecorators()));
            if (Current.Kind is not (BicepTokenKind.NewLine or BicepTokenKind.End))
            {
                throw Unexpected("A new line");
            }

            SkipNewLines();
        }

        return declarations;
    }

    private List<BicepCall> ReadDecorators()
    {
        var decorators = new List<BicepCall>();
        while (Current.Is("@"))
        {
            Take();
            decorators.Add(ReadExpression() as BicepCall ?? throw Unexpected("A decorator"));
            SkipNewLines();
        }

        return decorators;
    }

    private BicepDeclaration ReadDeclaration(IReadOnlyList<BicepCall> decorators)
    {
        var keyword = Take(BicepTokenKind.Identifier);
        var line = keyword.Line;
        switch (keyword.Value)
        {
            case "targetScope":
                Take("=");
                return new(keyword.Value, "", "", false, ReadExpression(), decorators, line);
            case "using":
                return new(keyword.Value, "", Take(BicepTokenKind.Text).Value, false, null, decorators, line);
            case "param":
                return new(keyword.Value, ReadName(), ReadType(), false, ReadDefault(), decorators, line);
            case "output":
                return new(keyword.Value, ReadName(), ReadType(), false, ReadValue(), decorators, line);
            case "var":
                return new(keyword.Value, ReadName(), "", false, ReadValue(), decorators, line);
            case "resource" or "module":
                return new(keyword.Value, ReadName(), Take(BicepTokenKind.Text).Value, ReadExisting(), ReadValue(), decorators, line);
            default:
                throw new BicepSyntaxException(line, $"'{keyword.Value}' declares nothing.");
        }
    }

    private string ReadName() => Take(BicepTokenKind.Identifier).Value;

    private string ReadType() => Current.Kind == BicepTokenKind.Identifier ? Take().Value : "";

    private bool ReadExisting()
    {
        var existing = Current.IsWord("existing");
        if (existing)
        {
            Take();
        }

        return existing;
    }

    private BicepExpression? ReadDefault() => Current.Is("=") ? ReadValue() : null;

    private BicepExpression ReadValue()
    {
        Take("=");
        return ReadBody();
    }
}
