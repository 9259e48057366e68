using System.Text;

namespace PoseFunctions.Infrastructure.Tests.Bicep;

/// <summary>Cuts a template into tokens, without its comments.</summary>
internal sealed class BicepTokenizer(string source, int line = 1)
{
    private const string Quote = "'";
    private const string LongQuote = "'''";

    private static readonly string[] Symbols =
        [".?", "[?", "??", "&&", "||", "==", "!=", "<=", ">=", "=~", "!~", "::", "{", "}", "[", "]", "(", ")", ",", ":", "=", "?", ".", "!", "<", ">", "+", "-", "*", "/", "%", "@"];

    private readonly List<BicepToken> tokens = [];
    private int position;
    private int line = line;

    public IReadOnlyList<BicepToken> Read()
    {
        while (position < source.Length)
        {
            ReadNext();
        }

        Add(BicepTokenKind.End, "");
        return tokens;
    }

    private void ReadNext()
    {
        var character = source[position];
        if (character == '\n')
        {
            Add(BicepTokenKind.NewLine, "\n");
            position++;
            line++;
        }
        else if (char.IsWhiteSpace(character))
        {
            position++;
        }
        else if (At("//"))
        {
            position = EndOfLine();
        }
        else if (At("/*"))
        {
            Skip(2 + Find("*/", position + 2, "A comment has no end.") - position);
        }
        else if (At(LongQuote))
        {
            ReadLongText();
        }
        else if (At(Quote))
        {
            ReadText();
        }
        else if (char.IsLetter(character) || character == '_')
        {
            ReadWhile(BicepTokenKind.Identifier, letter => char.IsLetterOrDigit(letter) || letter == '_');
        }
        else if (char.IsDigit(character))
        {
            ReadWhile(BicepTokenKind.Number, char.IsDigit);
        }
        else
        {
            var symbol = Array.Find(Symbols, At) ?? throw new BicepSyntaxException(line, $"'{character}' begins nothing.");
            Add(BicepTokenKind.Symbol, symbol);
            position += symbol.Length;
        }
    }

    private void ReadWhile(BicepTokenKind kind, Func<char, bool> belongs)
    {
        var start = position;
        while (position < source.Length && belongs(source[position]))
        {
            position++;
        }

        Add(kind, source[start..position]);
    }

    private void ReadLongText()
    {
        var start = position + LongQuote.Length;
        var end = Find(LongQuote, start, "A string has no end.");
        Add(BicepTokenKind.Text, source[start..end]);
        Skip(end + LongQuote.Length - position);
    }

    private void ReadText()
    {
        var text = new StringBuilder();
        var holes = new List<string>();
        position++;
        while (position < source.Length && source[position] is not ('\'' or '\n'))
        {
            if (At("${"))
            {
                holes.Add(ReadHole());
                text.Append("${}");
            }
            else
            {
                position += source[position] == '\\' ? 1 : 0;
                text.Append(source[position++]);
            }
        }

        if (!At(Quote))
        {
            throw new BicepSyntaxException(line, "A string has no end.");
        }

        position++;
        Add(BicepTokenKind.Text, text.ToString(), holes);
    }

    private string ReadHole()
    {
        position += 2;
        var start = position;
        for (var depth = 1; position < source.Length && source[position] != '\n'; position++)
        {
            depth += source[position] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return source[start..position++];
            }
        }

        throw new BicepSyntaxException(line, "A ${ has no end.");
    }

    private int EndOfLine() => source.IndexOf('\n', position) is var end and >= 0 ? end : source.Length;

    private int Find(string text, int from, string otherwise) =>
        source.IndexOf(text, from, StringComparison.Ordinal) is var found and >= 0 ? found : throw new BicepSyntaxException(line, otherwise);

    private void Skip(int length)
    {
        line += source.AsSpan(position, length).Count('\n');
        position += length;
    }

    private bool At(string text) => string.CompareOrdinal(source, position, text, 0, text.Length) == 0;

    private void Add(BicepTokenKind kind, string value, IReadOnlyList<string>? holes = null) =>
        tokens.Add(new(kind, value, line, holes ?? []));
}
