using System.Text.RegularExpressions;
using PoseFunctions.Architecture.Tests.Repository;
using Xunit;

namespace PoseFunctions.Architecture.Tests;

/// <summary>Native libraries are bound by the packages that bring them, and nowhere by us.</summary>
public sealed partial class NativeCodeTests
{
    private static IEnumerable<SourceFile> Sources => ProjectFile.Under("src").SelectMany(project => project.Sources());

    [Fact]
    public void Sources_ImportNoLibrary() => Assert.DoesNotContain(Sources, source => Import().IsMatch(source.Text));

    [Fact]
    public void Projects_AllowNoUnsafeBlocks() =>
        Assert.DoesNotContain(ProjectFile.Under("src"), project => project.Xml.Descendants("AllowUnsafeBlocks").Any(element => element.Value == "true"));

    [GeneratedRegex(@"\[(LibraryImport|DllImport)\b|\bNativeLibrary\.")]
    private static partial Regex Import();
}
