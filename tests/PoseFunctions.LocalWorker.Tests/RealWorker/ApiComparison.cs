namespace PoseFunctions.LocalWorker.Tests.RealWorker;

/// <summary>
/// Finds where code that compiles against the stand-in would not compile against the real worker, and what the description has
/// that the stand-in lacks.
/// </summary>
internal static class ApiComparison
{
    public static IEnumerable<string> Problems(ApiDescription described, IEnumerable<ApiType> standIn)
    {
        var offered = standIn
            .Where(type => !described.LocalNamespaces.Contains(type.Namespace))
            .ToDictionary(type => type.FullName);
        var real = described.Types.ToDictionary(type => type.FullName);
        return
        [
            .. offered.Keys.Except(real.Keys).Select(name => $"{name} is not in the real worker."),
            .. real.Keys.Except(offered.Keys).Select(name => $"{name} is missing."),
            .. real.Keys.Intersect(offered.Keys).SelectMany(name => Problems(real[name], offered[name]).Select(problem => $"{name} {problem}")),
        ];
    }

    private static IEnumerable<string> Problems(ApiType real, ApiType offered)
    {
        if (!IsNoMoreOpen(real.Kind, offered))
        {
            yield return $"is a {real.Kind}, here a {offered.Kind}.";
        }

        foreach (var problem in Differences("member", real.Members, offered.Members).Concat(Differences("base", real.Bases, offered.Bases)))
        {
            yield return problem;
        }

        foreach (var target in offered.Targets.Except(real.Targets))
        {
            yield return $"may not stand on {target}.";
        }

        if (real.Targets.Count > 0 && offered.Targets.Count == 0)
        {
            yield return "stands nowhere.";
        }
    }

    private static IEnumerable<string> Differences(string what, IReadOnlyList<string> real, IReadOnlyList<string> offered)
    {
        var both = real.Where(declared => !ApiType.IsRealOnly(declared)).ToArray();
        return both.Except(offered).Select(declared => $"lacks the {what} {declared}.")
            .Concat(offered.Except(both).Select(declared => $"has the {what} {declared}, which the real one has not."));
    }

    private static bool IsNoMoreOpen(string real, ApiType offered) => (real, offered.Kind) switch
    {
        ("class", "class" or "sealed class" or "static class") => true,
        ("abstract class", "class" or "sealed class") => offered.Members.All(member => !member.StartsWith($"{offered.Name}(", StringComparison.Ordinal)),
        _ => real == offered.Kind,
    };
}
