using System.Text.RegularExpressions;
using PoseFunctions.Architecture.Tests.Repository;
using Xunit;

namespace PoseFunctions.Architecture.Tests;

/// <summary>Habits that no analyzer watches.</summary>
public sealed partial class SourceTests
{
    private const int MostLines = 320;

    private static IEnumerable<SourceFile> All => ProjectFile.Under("src").Concat(ProjectFile.Under("tests")).SelectMany(project => project.Sources());

    [Fact]
    public void Sources_AreCompiledWhole_WithoutConditionsOrRegions() =>
        Assert.DoesNotContain(ProjectFile.Under("src").SelectMany(project => project.Sources()), source => Conditional().IsMatch(source.Text));

    [Fact]
    public void Sources_LeaveNothingToDo() => Assert.DoesNotContain(All, source => LeftOver().IsMatch(source.Text));

    [Fact]
    public void Sources_HaveNoAsyncVoid() => Assert.DoesNotContain(All, source => AsyncVoid().IsMatch(source.Text));

    [Fact]
    public void Sources_StayShort() =>
        Assert.DoesNotContain(All, source => source.Text.Count(character => character == '\n') > MostLines);

    [GeneratedRegex(@"^\s*#(if|region)\b", RegexOptions.Multiline)]
    private static partial Regex Conditional();

    [GeneratedRegex(@"//.*\b(TO" + "DO|FIX" + "ME|HA" + @"CK)\b")]
    private static partial Regex LeftOver();

    [GeneratedRegex(@"\basync\s+void\b")]
    private static partial Regex AsyncVoid();
}
