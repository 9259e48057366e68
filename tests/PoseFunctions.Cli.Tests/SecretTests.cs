namespace PoseFunctions.Cli.Tests;

/// <summary>Nothing that the program writes has a key in it.</summary>
public sealed class SecretTests
{
    private const string Key = "K3y-of-a-test";

    [Theory]
    [InlineData("--help")]
    [InlineData("poses", "--help")]
    [InlineData("poses", "more", Key)]
    [InlineData("repaint")]
    [InlineData("submit")]
    [InlineData("poses", "--url", "nowhere")]
    public async Task Run_KeyInTheEnvironment_PrintsItNowhere(params string[] arguments)
    {
        var run = await ProgramProcess.RunAsync(
            new Dictionary<string, string?> { ["POSEFUNCTIONS_KEY"] = Key, ["POSEFUNCTIONS_URL"] = $"http://127.0.0.1:9/?code={Key}" }, arguments);

        Assert.NotEmpty(run.Output + run.Messages);
        Assert.DoesNotContain(Key, run.Output + run.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("poses", "--kee", Key)]
    [InlineData("poses", $"--kee={Key}")]
    [InlineData("submit", "--kee", Key)]
    [InlineData("submit", "-kee", Key)]
    [InlineData("watch", "--kee", Key)]
    [InlineData("watch", "-k", Key)]
    [InlineData("fetch", "-k", Key, "-o", "out")]
    [InlineData("replay", "-k", Key)]
    [InlineData("poison", "requeue", "-k", Key)]
    [InlineData("poses", "--key", Key, "--key", Key)]
    [InlineData("poses", "--key", $"{Key}\nsecond line")]
    [InlineData("poses", "--key", $"{Key}é")]
    [InlineData("poses", "--url", $"http://127.0.0.1:9/api?code={Key}")]
    [InlineData("poses", "--url", $"http://user:{Key}@127.0.0.1:9")]
    [InlineData("poses", "--url", Key)]
    [InlineData("submit", "--key", Key, "--parallel", "0")]
    public async Task Run_KeyInAWrongCommandLine_IsAUsageErrorWithoutIt(params string[] arguments)
    {
        var run = await CommandLineRun.RunAsync(arguments);

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.NotEmpty(run.Messages);
        Assert.DoesNotContain(Key, run.Output + run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_KeyThatNobodyAnswersTo_IsNotPartOfTheError()
    {
        var run = await CommandLineRun.RunAsync("poses", "--key", Key, "--url", "http://127.0.0.1:9");

        Assert.Equal(ExitCodes.Unreachable, run.ExitCode);
        Assert.DoesNotContain(Key, run.Messages, StringComparison.Ordinal);
    }
}
