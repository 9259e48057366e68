using System.Text;

namespace PoseFunctions.Infrastructure.Tests.Docker;

/// <summary>Reads Dockerfiles as ours are written: no here-documents, no parser directives but the first line.</summary>
internal static class DockerfileReader
{
    public static Dockerfile Read(string name, string text)
    {
        var arguments = new Dictionary<string, string>();
        var stages = new List<DockerStage>();
        var instructions = new List<DockerInstruction>();
        foreach (var instruction in Instructions(text))
        {
            if (instruction.Keyword == "FROM")
            {
                instructions = [];
                var named = instruction.Words.Count == 3 && instruction.Words[1].Equals("AS", StringComparison.OrdinalIgnoreCase);
                stages.Add(new(named ? instruction.Words[2] : "", instruction.Words[0], instructions, instruction.Line));
            }
            else if (stages.Count == 0 && instruction.Keyword == "ARG")
            {
                foreach (var (key, value) in instruction.Pairs)
                {
                    arguments[key] = value;
                }
            }
            else
            {
                instructions.Add(instruction);
            }
        }

        return new(name, arguments, stages);
    }

    /// <summary>Words, where a blank inside double quotes parts nothing.</summary>
    public static IEnumerable<string> SplitQuoted(string text)
    {
        var word = new StringBuilder();
        var quoted = false;
        foreach (var character in text + ' ')
        {
            quoted ^= character == '"';
            if (character != ' ' || quoted)
            {
                word.Append(character);
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }
    }

    private static IEnumerable<DockerInstruction> Instructions(string text)
    {
        var lines = text.Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            var start = index + 1;
            var line = lines[index].Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            while (line.EndsWith('\\'))
            {
                line = $"{line[..^1].TrimEnd()} {lines[++index].Trim()}";
            }

            yield return Instruction(line, start);
        }
    }

    private static DockerInstruction Instruction(string line, int number)
    {
        var rest = line.Split(' ', 2) is [_, var after] ? after.TrimStart() : "";
        var flags = new Dictionary<string, string>();
        while (rest.StartsWith("--", StringComparison.Ordinal))
        {
            var parts = rest.Split(' ', 2);
            var flag = parts[0][2..].Split('=', 2);
            flags[flag[0]] = flag.Length > 1 ? flag[1] : "";
            rest = parts.Length > 1 ? parts[1].TrimStart() : "";
        }

        return new(line.Split(' ', 2)[0].ToUpperInvariant(), flags, rest, number);
    }
}
