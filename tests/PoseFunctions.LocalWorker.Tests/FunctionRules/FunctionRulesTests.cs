using System.Reflection;
using System.Text.RegularExpressions;
using PoseFunctions.Api;
using PoseFunctions.LocalWorker.Tests.RealWorker;
using PoseFunctions.Testing;
using PoseFunctions.Worker;

namespace PoseFunctions.LocalWorker.Tests.FunctionRules;

/// <summary>
/// What the real SDK refuses to compile, and what would fail only on Azure, is found here, in the portable package set: over
/// the functions of both apps, and over wrong ones that prove each rule.
/// </summary>
public sealed partial class FunctionRulesTests
{
    private static readonly FunctionRules Rules = new(ApiDescription.Load(), DocumentedSettings());

    public static TheoryData<Assembly> Apps => [typeof(WorkerApplication).Assembly, typeof(PoseFunctionsApiBuilderExtensions).Assembly];

    [Theory]
    [MemberData(nameof(Apps), DisableDiscoveryEnumeration = true)]
    public void Functions_OfAnApp_BreakNoRule(Assembly app)
    {
        Assert.NotEmpty(DeclaredFunction.In(app.GetTypes()));
        Assert.Empty(Rules.Check(app.GetTypes()));
    }

    [Fact]
    public void Functions_WithNothingWrong_BreakNoRule() => Assert.Empty(Rules.Check([typeof(WrongFunctions.NothingWrong)]));

    [Theory]
    [InlineData(typeof(WrongFunctions.SameName), "AZFW0017")]
    [InlineData(typeof(WrongFunctions.BadName), "name")]
    [InlineData(typeof(WrongFunctions.AsyncVoid), "AZFW0002")]
    [InlineData(typeof(WrongFunctions.RetriedQueue), "AZFW0012")]
    [InlineData(typeof(WrongFunctions.RetriedBlob), "AZFW0012")]
    [InlineData(typeof(WrongFunctions.RetriedHttp), "AZFW0012")]
    [InlineData(typeof(WrongFunctions.RetryDelay), "AZFW0012")]
    [InlineData(typeof(WrongFunctions.TwoTriggers), "trigger")]
    [InlineData(typeof(WrongFunctions.NoTrigger), "trigger")]
    [InlineData(typeof(WrongFunctions.TwoBindings), "AZFW0005")]
    [InlineData(typeof(WrongFunctions.NotPublic), "visibility")]
    [InlineData(typeof(WrongFunctions.NoInstance), "instance")]
    [InlineData(typeof(WrongFunctions.ByReference), "parameter")]
    [InlineData(typeof(WrongFunctions.NoLevel), "level")]
    [InlineData(typeof(WrongFunctions.NoLevelAtAll), "level")]
    [InlineData(typeof(WrongFunctions.UnmarkedAnswer), "AZFW0015")]
    [InlineData(typeof(WrongFunctions.TwoAnswers), "AZFW0007")]
    [InlineData(typeof(WrongFunctions.AnswerToQueue), "answer")]
    [InlineData(typeof(WrongFunctions.NoAnswer), "answer")]
    [InlineData(typeof(WrongFunctions.BodyOfMvc), "FromBody")]
    [InlineData(typeof(WrongFunctions.DeferredByInput), "deferred")]
    [InlineData(typeof(WrongFunctions.DeferredByOutput), "deferred")]
    [InlineData(typeof(WrongFunctions.UnknownType), "AZFW0010")]
    [InlineData(typeof(WrongFunctions.MessageOfBlob), "AZFW0010")]
    [InlineData(typeof(WrongFunctions.OneOfContainer), "AZFW0011")]
    [InlineData(typeof(WrongFunctions.NoSource), "source")]
    [InlineData(typeof(WrongFunctions.UnknownSetting), "setting")]
    [InlineData(typeof(WrongFunctions.UnknownConnection), "connection")]
    [InlineData(typeof(WrongFunctions.NoConnection), "connection")]
    [InlineData(typeof(WrongFunctions.SpanAsSchedule), "schedule")]
    public void Functions_WithOneFault_BreakThatRuleOnly(Type wrong, string rule)
    {
        var problem = Assert.Single(Rules.Check([wrong]));

        Assert.StartsWith($"{rule}: ", problem, StringComparison.Ordinal);
    }

    /// <summary>The names in the first columns of the tables, as configuration keys.</summary>
    private static HashSet<string> DocumentedSettings() =>
    [
        .. from line in File.ReadLines(RepositoryRoot.Combine("docs", "settings.md"))
           where line.StartsWith("| `", StringComparison.Ordinal)
           from Match name in SettingName().Matches(line.Split('|')[1])
           select name.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal),
    ];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex SettingName();
}
