using System.Text.RegularExpressions;
using PoseFunctions.Architecture.Tests.Repository;
using Xunit;

namespace PoseFunctions.Architecture.Tests;

/// <summary>Native libraries and pointers stay where a reader expects them.</summary>
public sealed partial class NativeCodeTests
{
    private const string Folder = "Native";

    /// <summary>Measured inner loops outside <c>Native/</c>; each says in its file why it is worth it.</summary>
    private static readonly string[] MeasuredLoops = [];

    private static IEnumerable<SourceFile> OutsideNative =>
        ProjectFile.Under("src").SelectMany(project => project.Sources()).Where(source => !source.IsIn(Folder));

    [Fact]
    public void Sources_OutsideNative_ImportNoLibrary() =>
        Assert.DoesNotContain(OutsideNative, source => Import().IsMatch(source.Text));

    [Fact]
    public void Sources_OutsideNative_AreSafe() =>
        Assert.DoesNotContain(OutsideNative, source => Unsafe().IsMatch(source.Text) && !MeasuredLoops.Contains(source.ToString()));

    [Fact]
    public void UnsafeBlocks_AreAllowedOnlyWhereNativeLibrariesAreBound()
    {
        var allowing = ProjectFile.Under("src")
            .Where(project => project.Xml.Descendants("AllowUnsafeBlocks").Any(element => element.Value == "true"))
            .Select(project => project.Name);

        Assert.Equal(["PoseFunctions.Imaging", "PoseFunctions.Inference"], allowing);
    }

    [GeneratedRegex(@"\[(LibraryImport|DllImport)\b")]
    private static partial Regex Import();

    [GeneratedRegex(@"^(?!\s*//).*\bunsafe\s+[\w{]", RegexOptions.Multiline)]
    private static partial Regex Unsafe();
}
