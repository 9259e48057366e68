using System.Text.Json.Nodes;
using PoseFunctions.Infrastructure.Tests.Docker;

namespace PoseFunctions.Infrastructure.Tests.Scripts;

/// <summary>What the scripts of a deployment ask az, azd, docker and curl to do.</summary>
public sealed class ScriptTests : IDisposable
{
    private const string Scale = """{"minReplicas":0,"rules":[{"name":"jobs"}]}""";

    private static readonly (string, string)[] Outputs =
    [
        ("AZURE_RESOURCE_GROUP", "rg-x"), ("WORKER_ID", "/subscriptions/s/worker"), ("WORKER_SCALE", Scale), ("WORKER_API_VERSION", "2026-01-02"),
        ("WORKER_HOST", "worker.example.com"),
        ("WORKER_VAULT", "kv-x"), ("EVENTS_TOPIC", "topic-x"), ("PHOTOS_ACCOUNT", "photosx"), ("DEAD_LETTER_CONTAINER", "dead"), ("API_HOST", "api.example.com"),
    ];

    private readonly ScriptRun run = new();

    [Fact]
    public async Task AfterDeploy_PatchesTheScaleRulesWakesTheWorkerAndSubscribes()
    {
        run.StandIn("az");
        run.StandIn("curl");

        var (exitCode, output) = await run.RunAsync("after-deploy", Outputs);

        Assert.True(exitCode == 0, output);
        Assert.Equal(["az", "curl", "az"], run.Calls.Select(call => call[0]));
        var (patch, ping, subscribe) = (run.Calls[0], run.Calls[1], run.Calls[2]);
        Assert.Equal("patch", After(patch, "--method"));
        Assert.Equal("https://management.azure.com/subscriptions/s/worker?api-version=2026-01-02", After(patch, "--url"));
        Assert.Equal(Scale, JsonNode.Parse(After(patch, "--body"))!["properties"]!["template"]!["scale"]!.ToJsonString());
        Assert.Equal("https://worker.example.com/admin/host/ping", ping[^1]);
        Assert.Equal("rg-x", After(subscribe, "--resource-group"));
        Assert.True(File.Exists(Path.Combine(run.Infra, After(subscribe, "--template-file"))));
        Assert.Equal(
            ["vaultName=kv-x", "topicName=topic-x", "accountName=photosx", "deadLetterContainer=dead", "workerHost=worker.example.com"],
            subscribe[(Array.IndexOf(subscribe, "--parameters") + 1)..]);
    }

    [Fact]
    public async Task AfterDeploy_PatchIsRefused_StopsBeforeAnythingElse()
    {
        run.StandIn("az", "exit 3");
        run.StandIn("curl");

        Assert.Equal(3, (await run.RunAsync("after-deploy", Outputs)).ExitCode);
        Assert.Single(run.Calls);
    }

    [Fact]
    public async Task AfterDeploy_WorkerOrHostNotReadyYet_TriesAgain()
    {
        var once = "[ -e \"$0.once\" ] || { touch \"$0.once\"; exit 1; }";
        run.StandIn("az", $"[ \"$1\" = rest ] && exit 0\n{once}");
        run.StandIn("curl", once);
        run.StandIn("sleep");

        var (exitCode, output) = await run.RunAsync("after-deploy", Outputs);

        Assert.True(exitCode == 0, output);
        Assert.Equal(["az", "curl", "sleep", "curl", "az", "sleep", "az"], run.Calls.Select(call => call[0]));
    }

    [Fact]
    public async Task AfterDeploy_WorkerNeverAnswers_GivesUpAndSaysWhatToDo()
    {
        run.StandIn("az");
        run.StandIn("curl", "exit 22");
        run.StandIn("sleep");

        var (exitCode, output) = await run.RunAsync("after-deploy", Outputs);

        Assert.Equal(1, exitCode);
        Assert.Contains("run infra/scripts/after-deploy again", output, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Calls, call => call is ["az", "deployment", ..]);
    }

    [Theory]
    [InlineData("A secret with (name/id) host--systemKey--blobs-095extension was not found", "has made no key for its blobs extension, as it does where WEBSITE_HOSTNAME is set")]
    [InlineData("Webhook validation handshake failed", "because Azure refuses the subscription")]
    public async Task AfterDeploy_NoSubscriptionAfterTenTries_SaysWhyInOneSentence(string refusal, string sentence)
    {
        run.StandIn("az", $"[ \"$1\" = rest ] && exit 0\necho '{refusal}' >&2; exit 1");
        run.StandIn("curl");
        run.StandIn("sleep");

        var (exitCode, output) = await run.RunAsync("after-deploy", Outputs);

        Assert.Equal(1, exitCode);
        Assert.Equal(10, run.Calls.Count(call => call is ["az", "deployment", ..]));
        Assert.Contains(refusal, output, StringComparison.Ordinal);
        Assert.Contains(sentence, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "fallBackToCpu = true")]
    [InlineData("dev", "fallBackToCpu = true")]
    [InlineData("prod", "fallBackToCpu = false")]
    public async Task BeforeProvision_Environment_ChoosesTheParameters(string environment, string line)
    {
        run.StandIn("azd");

        var (exitCode, output) = await run.RunAsync("before-provision", ("POSE_ENVIRONMENT", environment), ("OPERATOR_EMAIL", "a@example.com"));

        Assert.True(exitCode == 0, output);
        var chosen = await File.ReadAllTextAsync(Path.Combine(run.Infra, "main.bicepparam"), TestContext.Current.CancellationToken);
        Assert.Contains("using 'main.bicep'\n", chosen, StringComparison.Ordinal);
        Assert.Contains(line, chosen, StringComparison.Ordinal);
        Assert.Matches(@"^\d{4}-\d{2}-01$", Assert.Single(run.Calls)[^1]);
    }

    [Fact]
    public async Task BeforeProvision_BudgetIsThere_KeepsItsMonth()
    {
        run.StandIn("azd");

        Assert.Equal(0, (await run.RunAsync("before-provision", ("OPERATOR_EMAIL", "a@example.com"), ("BUDGET_START", "2026-01-01"))).ExitCode);
        Assert.Empty(run.Calls);
    }

    [Theory]
    [InlineData("stage", "a@example.com", "There is no infra/parameters/stage.bicepparam")]
    [InlineData("dev", "", "azd env set OPERATOR_EMAIL")]
    public async Task BeforeProvision_UnknownEnvironmentOrNobodyToTell_SaysSo(string environment, string email, string sentence)
    {
        var (exitCode, output) = await run.RunAsync("before-provision", ("POSE_ENVIRONMENT", environment), ("OPERATOR_EMAIL", email));

        Assert.Equal(1, exitCode);
        Assert.Contains(sentence, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PinImages_NothingKnown_KeepsTheDigestOfEveryBaseImage()
    {
        run.StandIn("azd", "[ \"$2\" != get-value ]");
        run.StandIn("docker", "echo sha256:0123");

        var (exitCode, output) = await run.RunAsync("pin-images");

        Assert.True(exitCode == 0, output);
        var images = Dockerfile.Read("Dockerfile.worker").Arguments.Where(argument => argument.Key.EndsWith("_IMAGE", StringComparison.Ordinal)).ToArray();
        Assert.Equal(
            images.Select(image => image.Value).Order(), run.Calls.Where(call => call[0] == "docker").Select(call => call[4]).Order());
        Assert.Equal(
            images.Select(image => $"env set {image.Key.Replace("_IMAGE", "_DIGEST", StringComparison.Ordinal)} sha256:0123").Order(),
            run.Calls.Where(call => call is ["azd", "env", "set", ..]).Select(call => string.Join(' ', call[1..])).Order());
    }

    [Fact]
    public async Task PinImages_Known_LooksNothingUp()
    {
        run.StandIn("azd", "echo sha256:4567");
        run.StandIn("docker");

        Assert.Equal(0, (await run.RunAsync("pin-images")).ExitCode);
        Assert.DoesNotContain(run.Calls, call => call[0] == "docker");
    }

    [Fact]
    public async Task PinImages_NoSuchTag_SaysWhich()
    {
        run.StandIn("azd", "exit 1");
        run.StandIn("docker", "echo 'not found'");

        var (exitCode, output) = await run.RunAsync("pin-images");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("has no digest: not found", output, StringComparison.Ordinal);
    }

    public void Dispose() => run.Dispose();

    private static string After(string[] call, string option) => call[Array.IndexOf(call, option) + 1];
}
