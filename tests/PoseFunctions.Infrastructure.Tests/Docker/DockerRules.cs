using System.Text.RegularExpressions;

namespace PoseFunctions.Infrastructure.Tests.Docker;

/// <summary>What is checked about a Dockerfile without Docker. A finding is one sentence with its place.</summary>
internal static partial class DockerRules
{
    private static readonly string[] Labels =
    [
        "title", "description", "licenses", "version", "revision", "created", "base.name", "base.digest",
    ];

    public static IReadOnlyList<string> Check(Dockerfile file, BuildContext context) =>
    [
        .. Bases(file),
        .. Stages(file),
        .. Copies(file, context),
        .. Arguments(file),
        .. Image(file),
    ];

    // A tag can be moved; a digest cannot. It has no default, so that nothing is built from an image that nobody chose.
    private static IEnumerable<string> Bases(Dockerfile file)
    {
        foreach (var stage in file.Stages.Where(stage => stage.Image != "scratch" && file.Stages.All(other => other.Name != stage.Image)))
        {
            var match = Base().Match(stage.Image);
            if (!match.Success)
            {
                yield return At(file, stage.Line, $"{stage.Image} is no image with a digest that are both parameters.");
            }
            else if (!file.Arguments.TryGetValue(match.Groups["image"].Value, out var image) || !Tagged().IsMatch(image))
            {
                yield return At(file, stage.Line, $"{stage.Image} has no tag by default.");
            }
            else if (image.EndsWith(":latest", StringComparison.Ordinal))
            {
                yield return At(file, stage.Line, $"{image} is another image tomorrow.");
            }
            else if (!file.Arguments.TryGetValue(match.Groups["digest"].Value, out var digest) || digest.Length > 0)
            {
                yield return At(file, stage.Line, $"The digest of {image} is not asked for.");
            }
        }
    }

    private static IEnumerable<string> Stages(Dockerfile file)
    {
        if (file.Stages.Count < 2)
        {
            yield return At(file, 1, "There is one stage only: the image holds what builds it.");
        }

        foreach (var stage in file.Stages.SkipLast(1))
        {
            var users = file.Stages.Where(other => other.Image == stage.Name || other.Of("COPY").Any(copy => copy.Flags.GetValueOrDefault("from") == stage.Name));
            if (!users.Any())
            {
                yield return At(file, stage.Line, $"Nothing uses the stage '{stage.Name}'.");
            }
        }
    }

    private static IEnumerable<string> Copies(Dockerfile file, BuildContext context)
    {
        for (var index = 0; index < file.Stages.Count; index++)
        {
            foreach (var copy in file.Stages[index].Instructions.Where(instruction => instruction.Keyword is "COPY" or "ADD"))
            {
                if (copy.Keyword == "ADD")
                {
                    yield return At(file, copy.Line, "ADD unpacks and downloads; use COPY.");
                }

                foreach (var source in copy.Words.SkipLast(1))
                {
                    var found = copy.Flags.TryGetValue("from", out var from)
                        ? file.Stages.Take(index).Any(stage => stage.Name == from && Makes(stage, source))
                        : context.Match(source).Count > 0;
                    if (!found)
                    {
                        yield return At(file, copy.Line, from is null ? $"'{source}' is not in the context." : $"No stage '{from}' before makes '{source}'.");
                    }
                }
            }
        }
    }

    // Made by a command that names it, or something in it.
    private static bool Makes(DockerStage stage, string source) =>
        stage.Of("RUN").Any(run => run.Text.Contains(source.TrimEnd('/'), StringComparison.Ordinal));

    private static IEnumerable<string> Arguments(Dockerfile file) =>
        from stage in file.Stages
        let declared = stage.Of("ARG").SelectMany(argument => argument.Pairs).Select(pair => pair.Key).ToHashSet()
        from instruction in stage.Instructions
        where instruction.Keyword is "LABEL" or "ENV" or "COPY" or "RUN"
        from Match use in Variable().Matches(instruction.Text)
        where !declared.Contains(use.Groups["name"].Value)
        select At(file, instruction.Line, $"'{use.Groups["name"].Value}' is no argument of the stage '{stage.Name}'.");

    private static IEnumerable<string> Image(Dockerfile file)
    {
        var image = file.Image;
        var user = image.Of("USER").LastOrDefault()?.Text.Split(':')[0];
        if (!int.TryParse(user, out var id) || id == 0)
        {
            yield return At(file, image.Line, "The image does not end as a user by number other than 0.");
        }

        if (image.Of("HEALTHCHECK").All(check => check.Text.StartsWith("NONE", StringComparison.Ordinal)))
        {
            yield return At(file, image.Line, "The image has no HEALTHCHECK.");
        }

        var labels = image.Of("LABEL").SelectMany(label => label.Pairs).Where(label => label.Value.Length > 0).Select(label => label.Key);
        foreach (var label in Labels.Select(label => $"org.opencontainers.image.{label}").Except(labels))
        {
            yield return At(file, image.Line, $"The image has no label {label}.");
        }

        if (image.Of("RUN").FirstOrDefault() is { } run)
        {
            yield return At(file, run.Line, "The image runs a command while it is built; a stage before should.");
        }
    }

    private static string At(Dockerfile file, int line, string message) => $"{file}({line}): {message}";

    [GeneratedRegex(@"^\$\{(?<image>\w+_IMAGE)\}@\$\{(?<digest>\w+_DIGEST)\}$")]
    private static partial Regex Base();

    [GeneratedRegex(@"/[^/:]+:[^/:]+$")]
    private static partial Regex Tagged();

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)\}")]
    private static partial Regex Variable();
}
