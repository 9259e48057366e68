using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PoseFunctions.Simulation.Commands;
using PoseFunctions.Simulation.Inputs;
using PoseFunctions.Testing;

namespace PoseFunctions.Simulation.Tests;

/// <summary>docs/scale.md shows what the program prints for the commands that stand there.</summary>
public sealed partial class ScaleDocumentTests
{
    /// <summary>
    /// Figures of simulated days may differ by so much: logarithms differ in their last digit from machine to machine, and one
    /// job that is served in another order changes all that follow. Another seed changes no figure by more.
    /// </summary>
    private const double Tolerance = 0.15;

    /// <summary>The same for the longest of all waits or lines.</summary>
    private const double ToleranceOfLongest = 0.5;

    private static readonly string InputsFile = RepositoryRoot.Combine("docs", "benchmarks", "capacity.json");

    public static TheoryData<string, string> Commands => [.. Blocks().Select(block => new TheoryDataRow<string, string>(block.Command, block.Table))];

    [Fact]
    public void Document_Commands_AreBothOfTheProgram() =>
        Assert.Equal(["day", "plan"], Blocks().Select(block => block.Command.Split(' ')[0]).Distinct().Order());

    [Theory]
    [MemberData(nameof(Commands))]
    public void Document_Table_IsWhatItsCommandPrints(string command, string table)
    {
        var (exitCode, output, errors) = Run([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.True(exitCode == 0, errors);
        var (expected, actual) = (table.TrimEnd().Split('\n'), output.TrimEnd().Split('\n'));
        Assert.Equal(expected.Length, actual.Length);
        var exactly = command.StartsWith("plan", StringComparison.Ordinal);
        foreach (var (documented, printed) in expected.Zip(actual))
        {
            if (exactly)
            {
                Assert.Equal(documented, printed);
            }
            else
            {
                Assert.Equal(Number().Replace(documented, "#"), Number().Replace(printed, "#"));
                AssertClose([.. Numbers(documented)], [.. Numbers(printed)], documented.Contains("longest", StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [InlineData("plan --profile toaster", "There is no profile 'toaster'")]
    [InlineData("plan --inputs nowhere.json", "cannot be read from 'nowhere.json'")]
    [InlineData("plan --rate -5", "--rate is a number above 0, not '-5'")]
    [InlineData("plan --rate many", "--rate is a number above 0, not 'many'")]
    [InlineData("plan --utilisation 1.5", "--utilisation is a number above 0 and at most 1, not '1.5'")]
    [InlineData("day --batch 0", "--batch is a whole number of at least 1, not '0'")]
    [InlineData("day --replicas-min 9 --replicas-max 3", "--replicas-min is at most --replicas-max")]
    [InlineData("day --peak 20 --peak-width 4", "too wide for its height")]
    public void Run_WhatCannotBe_IsRefusedInOneSentence(string command, string sentence)
    {
        var (exitCode, _, errors) = Run(command.Split(' '));

        Assert.Equal(2, exitCode);
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_MessagesPerRequest_AreThoseOfHostJson()
    {
        var host = JsonNode.Parse(File.ReadAllText(RepositoryRoot.Combine("host.json")))!;

        Assert.Equal(host["extensions"]!["queues"]!["batchSize"]!.GetValue<int>(), CapacityInputs.Read(InputsFile).Host.MessagesPerRequest);
    }

    [Fact]
    public void Defaults_OfScaling_AreThoseOfTheTemplates()
    {
        var (app, parameters) = (RepositoryRoot.Combine("infra", "modules", "worker-app.bicep"), RepositoryRoot.Combine("infra", "parameters", "prod.bicepparam"));
        Assert.SkipUnless(File.Exists(app) && File.Exists(parameters), "There are no templates.");
        var text = File.ReadAllText(app) + File.ReadAllText(parameters);

        Assert.Contains($"pollingInterval: {DayCommand.PollingSeconds}\n", text, StringComparison.Ordinal);
        Assert.Contains($"cooldownPeriod: {DayCommand.CooldownSeconds}\n", text, StringComparison.Ordinal);
        Assert.Contains($"param jobsPerReplica = {DayCommand.MessagesPerReplica}\n", text, StringComparison.Ordinal);
    }

    private static void AssertClose(double[] documented, double[] printed, bool lastIsLongest)
    {
        for (var index = 0; index < documented.Length; index++)
        {
            var tolerance = lastIsLongest && index == documented.Length - 1 ? ToleranceOfLongest : Tolerance;
            Assert.Equal(documented[index], printed[index], Math.Max(1, tolerance * documented[index]));
        }
    }

    private static (int ExitCode, string Output, string Errors) Run(string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        string[] inputs = arguments.Contains("--inputs") ? [] : ["--inputs", InputsFile];
        var exitCode = new SimulationApplication(output, errors).Run([.. arguments, .. inputs]);
        return (exitCode, output.ToString(), errors.ToString());
    }

    private static IEnumerable<(string Command, string Table)> Blocks() =>
        from block in Block().Matches(File.ReadAllText(RepositoryRoot.Combine("docs", "scale.md")))
        select (block.Groups["command"].Value, block.Groups["table"].Value);

    private static IEnumerable<double> Numbers(string line) =>
        from number in Number().Matches(line) select double.Parse(number.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^    eng/simulate (?<command>.*)\n\n(?<table>(?:(?:\|.*)?\n)+)", RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\d[\d,]*(?:\.\d+)?")]
    private static partial Regex Number();
}
