using System.Globalization;

namespace PoseFunctions.Infrastructure.Tests.Bicep;

/// <summary>Reads expressions. Operators have no precedence here: nothing is evaluated, only looked at.</summary>
internal class BicepParser(IReadOnlyList<BicepToken> tokens)
{
    private static readonly string[] Operators = ["??", "&&", "||", "==", "!=", "<=", ">=", "=~", "!~", "<", ">", "+", "-", "*", "/", "%"];

    private int position;

    protected BicepToken Current => tokens[position];

    public BicepExpression ReadExpression()
    {
        var first = ReadOperands();
        if (!Current.Is("?"))
        {
            return first;
        }

        Take();
        SkipNewLines();
        var then = ReadExpression();
        SkipNewLines();
        Take(":");
        SkipNewLines();
        return new BicepOperation(first.Line, [first, then, ReadExpression()]);
    }

    protected BicepToken Take() => tokens[position++];

    protected BicepToken Take(string symbol) =>
        Current.Is(symbol) ? Take() : throw Unexpected($"'{symbol}'");

    protected BicepToken Take(BicepTokenKind kind) =>
        Current.Kind == kind ? Take() : throw Unexpected($"{kind}");

    protected void SkipNewLines()
    {
        while (Current.Kind == BicepTokenKind.NewLine)
        {
            position++;
        }
    }

    protected BicepExpression ReadBody()
    {
        if (!Current.IsWord("if"))
        {
            return ReadExpression();
        }

        var line = Take().Line;
        Take("(");
        var test = ReadExpression();
        Take(")");
        return new BicepCondition(line, test, ReadExpression());
    }

    protected BicepSyntaxException Unexpected(string expected) =>
        new(Current.Line, $"{expected} was expected, but there is {(Current.Kind is BicepTokenKind.End or BicepTokenKind.NewLine ? "the end" : $"'{Current.Value}'")}.");

    private BicepExpression ReadOperands()
    {
        var operands = new List<BicepExpression> { ReadUnary() };
        while (Current.Kind == BicepTokenKind.Symbol && Operators.Contains(Current.Value))
        {
            Take();
            SkipNewLines();
            operands.Add(ReadUnary());
        }

        return operands.Count == 1 ? operands[0] : new BicepOperation(operands[0].Line, operands);
    }

    private BicepExpression ReadUnary()
    {
        if (!Current.Is("!") && !Current.Is("-"))
        {
            return ReadPostfix(ReadPrimary());
        }

        var line = Take().Line;
        return new BicepOperation(line, [ReadUnary()]);
    }

    private BicepExpression ReadPostfix(BicepExpression target)
    {
        while (true)
        {
            if (Current.Is(".") || Current.Is(".?"))
            {
                Take();
                target = new BicepMember(target.Line, target, Take(BicepTokenKind.Identifier).Value);
            }
            else if (Current.Is("[") || Current.Is("[?"))
            {
                Take();
                target = new BicepIndex(target.Line, target, ReadExpression());
                Take("]");
            }
            else if (Current.Is("("))
            {
                target = new BicepCall(target.Line, target, ReadArguments());
            }
            else if (Current.Is("!"))
            {
                Take();
            }
            else
            {
                return target;
            }
        }
    }

    private List<BicepExpression> ReadArguments()
    {
        var arguments = new List<BicepExpression>();
        Take("(");
        SkipNewLines();
        while (!Current.Is(")"))
        {
            arguments.Add(ReadExpression());
            SkipNewLines();
            if (!Current.Is(")"))
            {
                Take(",");
                SkipNewLines();
            }
        }

        Take(")");
        return arguments;
    }

    private BicepExpression ReadPrimary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case BicepTokenKind.Text:
                return ReadText();
            case BicepTokenKind.Number:
                return new BicepNumber(token.Line, long.Parse(Take().Value, CultureInfo.InvariantCulture));
            case BicepTokenKind.Identifier:
                Take();
                return token.Value switch
                {
                    "true" or "false" => new BicepBoolean(token.Line, token.Value == "true"),
                    "null" => new BicepNull(token.Line),
                    _ => new BicepName(token.Line, token.Value),
                };
            case BicepTokenKind.Symbol when token.Value == "{":
                return ReadObject();
            case BicepTokenKind.Symbol when token.Value == "[":
                return ReadArray();
            case BicepTokenKind.Symbol when token.Value == "(":
                Take();
                var inner = ReadExpression();
                Take(")");
                return inner;
            default:
                throw Unexpected("An expression");
        }
    }

    private BicepText ReadText()
    {
        var token = Take(BicepTokenKind.Text);
        return new(token.Line, token.Value, [.. token.Holes.Select(hole => new BicepParser(new BicepTokenizer(hole, token.Line).Read()).ReadExpression())]);
    }

    private BicepObject ReadObject()
    {
        var properties = new List<BicepProperty>();
        var line = Take("{").Line;
        SkipSeparators();
        while (!Current.Is("}"))
        {
            var key = Current.Kind == BicepTokenKind.Text ? ReadText() : new BicepText(Current.Line, Take(BicepTokenKind.Identifier).Value, []);
            Take(":");
            properties.Add(new(key, ReadExpression()));
            SkipSeparatorsBefore("}");
        }

        Take("}");
        return new(line, properties);
    }

    private BicepExpression ReadArray()
    {
        var line = Take("[").Line;
        SkipSeparators();
        if (Current.IsWord("for"))
        {
            return ReadLoop(line);
        }

        var items = new List<BicepExpression>();
        while (!Current.Is("]"))
        {
            items.Add(ReadExpression());
            SkipSeparatorsBefore("]");
        }

        Take("]");
        return new BicepArray(line, items);
    }

    private BicepLoop ReadLoop(int line)
    {
        var variables = new List<string>();
        Take();
        if (Current.Is("("))
        {
            Take();
            variables.Add(Take(BicepTokenKind.Identifier).Value);
            Take(",");
            variables.Add(Take(BicepTokenKind.Identifier).Value);
            Take(")");
        }
        else
        {
            variables.Add(Take(BicepTokenKind.Identifier).Value);
        }

        if (!Current.IsWord("in"))
        {
            throw Unexpected("'in'");
        }

        Take();
        var source = ReadExpression();
        Take(":");
        var body = ReadBody();
        SkipNewLines();
        Take("]");
        return new(line, variables, source, body);
    }

    private void SkipSeparatorsBefore(string end)
    {
        if (!Current.Is(end) && SkipSeparators() == 0)
        {
            throw Unexpected($"A new line, a comma or '{end}'");
        }
    }

    private int SkipSeparators()
    {
        var start = position;
        while (Current.Kind == BicepTokenKind.NewLine || Current.Is(","))
        {
            position++;
        }

        return position - start;
    }
}
