using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PoseFunctions.Infrastructure.Tests.Arm;
using PoseFunctions.Infrastructure.Tests.Bicep;
using PoseFunctions.Testing;

namespace PoseFunctions.Infrastructure.Tests;

/// <summary>What would be deployed fits the apps and their host.</summary>
[Collection(TemplateCollection.Name)]
public sealed partial class DeploymentTests(CompiledTemplates templates)
{
    private const string Containers = "Microsoft.Storage/storageAccounts/blobServices/containers";
    private const string Queues = "Microsoft.Storage/storageAccounts/queueServices/queues";

    [Fact]
    public void Photos_Queues_AreThoseThatFunctionsListenTo() => Assert.Equal(
        WorkerTriggers.Queues.Select(trigger => trigger.QueueName).Order(), templates.Prod.NamesOf(Queues, "photos").Order());

    [Fact]
    public void Photos_Containers_AreThoseOfTheAppsAndOneForEventsThatWereLost()
    {
        var names = File.ReadAllText(RepositoryRoot.Combine("src", "PoseFunctions.Storage", "StorageNames.cs"));
        var inCode = Constant().Matches(names).Select(match => match.Groups["value"].Value).Where(name => name != "pose-jobs");

        Assert.Equal(inCode.Append("event-dead-letters").Order(), templates.Prod.NamesOf(Containers, "photos").Order());
    }

    [Fact]
    public void Storage_Accounts_AllowNeitherPublicBlobsNorKeys()
    {
        var accounts = templates.Prod.Of("Microsoft.Storage/storageAccounts").ToArray();

        Assert.Equal(3, accounts.Length);
        Assert.All(accounts, account =>
        {
            Assert.False(account.At("properties", "allowBlobPublicAccess")!.GetValue<bool>());
            Assert.False(account.At("properties", "allowSharedKeyAccess")!.GetValue<bool>());
        });
    }

    [Fact]
    public void Triggers_Connection_IsSetInTheWorkerAndShadowedByNoSettingOfTheHost()
    {
        var settings = templates.Prod.App("worker").Settings;

        Assert.All(WorkerTriggers.Connections, connection =>
        {
            // The host tries the name with its own prefix first.
            Assert.DoesNotContain(settings.Keys, name => name.StartsWith($"AzureWebJobs{connection}", StringComparison.OrdinalIgnoreCase));
            Assert.Contains($"{connection}__blobServiceUri", settings.Keys);
            Assert.Contains($"{connection}__queueServiceUri", settings.Keys);
        });
    }

    [Theory]
    [InlineData("api", "hostapi")]
    [InlineData("worker", "hostgpu")]
    public void Apps_Accounts_AreThatOfThePhotosAndOneOfTheirHost(string service, string hostAccount)
    {
        var settings = templates.Prod.App(service).Settings;

        Assert.StartsWith(hostAccount, settings["AzureWebJobsStorage__accountName"], StringComparison.Ordinal);
        Assert.Matches(@"/storageAccounts/photos\w+'.*\.primaryEndpoints\.blob", settings["Photos__blobServiceUri"]);
        Assert.Matches(@"/storageAccounts/photos\w+'.*\.primaryEndpoints\.queue", settings["Photos__queueServiceUri"]);
    }

    [Fact]
    public void Worker_ScaleRules_WatchEveryQueueThatKeepsWorkInTheAccountThatHasIt()
    {
        var watched = ScaleRules(templates.Everything)
            .Select(rule => $"{rule.Text("custom", "metadata", "accountName")}/default/{rule.Text("custom", "metadata", "queueName")}")
            .Where(queue => !queue.EndsWith('/'));

        // All of the photos' account, and the one in which the host of the worker keeps events.
        Assert.Equal(templates.Everything.Of(Queues).Select(queue => queue.Text("name")).Order(), watched.Order());
    }

    [Fact]
    public void Worker_ScaleRules_SignInAsTheWorkerOrNeedNot() => Assert.All(ScaleRules(templates.Everything), rule => Assert.True(
        rule.At("http") is not null || rule.Text("custom", "type") == "cron" || rule.Text("custom", "identity").Contains("/id-worker-", StringComparison.Ordinal)));

    [Fact]
    public void Worker_FirstDeployment_HasLimitsOnly() => Assert.Equal(
        ["maxReplicas", "minReplicas"], templates.Prod.App("worker").Scale.AsObject().Select(property => property.Key).Order());

    [Fact]
    public void Worker_InEveryEnvironment_ScalesToZeroOnAT4()
    {
        Assert.All([templates.Dev, templates.Prod], deployment =>
        {
            Assert.Equal(0, deployment.App("worker").Scale["minReplicas"]!.GetValue<int>());
            Assert.Equal("Consumption-GPU-NC8as-T4", deployment.App("worker").Json.Text("properties", "workloadProfileName"));
        });
        Assert.Equal("Consumption-GPU-NC24-A100", templates.Everything.App("worker").Json.Text("properties", "workloadProfileName"));
    }

    [Theory]
    [InlineData("api")]
    [InlineData("worker")]
    public void Apps_StartupProbe_WaitsLongerThanTheHostForItsWorkerProcess(string service)
    {
        var limitOfTheHost = TimeSpan.FromSeconds(60 + 10);

        Assert.True(templates.Prod.App(service).PatienceOf("Startup") > limitOfTheHost, "The container is killed before the host can say why the app does not start.");
    }

    [Fact]
    public void Worker_HostName_IsTheOneThatItGetsSoThatTheHostMakesTheKeyOfItsWebhook()
    {
        var worker = templates.Prod.App("worker");

        Assert.Matches($@"^\[format\('\{{0\}}\.\{{1\}}', '{worker.Name}', reference\('.*/managedEnvironments/.*'\)\.defaultDomain\)\]$", worker.Settings["WEBSITE_HOSTNAME"]);
    }

    [Fact]
    public void Subscription_Webhook_IsThatOfTheFunctionForUploads()
    {
        var (function, trigger) = WorkerTriggers.Upload;
        var subscription = templates.Subscription.Resources.Single(resource => resource.Type.EndsWith("/eventSubscriptions", StringComparison.Ordinal)).Json;

        Assert.Equal(Microsoft.Azure.Functions.Worker.BlobTriggerSource.EventGrid, trigger.Source);
        Assert.Contains(
            $"/runtime/webhooks/blobs?functionName=Host.Functions.{function}&code={{1}}", subscription.Text("properties", "destination", "properties", "endpointUrl"), StringComparison.Ordinal);
        Assert.Equal($"/blobServices/default/containers/{trigger.BlobPath.Split('/')[0]}/", subscription.Text("properties", "filter", "subjectBeginsWith"));
    }

    [Fact]
    public void Subscription_Key_IsTakenFromTheVaultUnderTheNameThatTheHostGivesIt()
    {
        var key = templates.Subscription.Passed("uploads-subscription-webhook")["extensionKey"];

        // Letters, digits and dashes are all that a vault allows: the underscore of blobs_extension is written as its number.
        Assert.Equal($"host--systemKey--{"blobs_extension".Replace("_", $"-{(int)'_':000}", StringComparison.Ordinal)}", key.Text("reference", "secretName"));
    }

    [Fact]
    public void Alerts_PhrasesAndSpansOfTheQueries_AreThoseOfTheCode()
    {
        var queries = templates.Prod.Of("Microsoft.Insights/scheduledQueryRules")
            .SelectMany(rule => rule.Items("properties", "criteria", "allOf")).Select(criterion => criterion.Text("query"));
        var wanted = queries.SelectMany(query => Quoted().Matches(query).Select(match => match.Groups["text"].Value))
            .Except(["second", templates.Prod.App("worker").Name]).ToArray();
        var code = Code();

        Assert.NotEmpty(wanted);
        Assert.All(wanted, text => Assert.Contains(text.Contains(' ', StringComparison.Ordinal) ? text : $"\"{text}\"", code, StringComparison.Ordinal));
    }

    [Fact]
    public void Operations_LogLinesToLookAt_AreThoseOfTheCode()
    {
        var rows = File.ReadLines(RepositoryRoot.Combine("docs", "operations.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Contains("log line", StringComparison.Ordinal));
        var parts = rows.SelectMany(row => Quoted().Matches(row)).SelectMany(line => line.Groups["text"].Value.Split(" … ")).ToArray();
        var code = Code();

        Assert.NotEmpty(parts);
        Assert.All(parts, part => Assert.Contains(part, code, StringComparison.Ordinal));
    }

    [Fact]
    public void Operations_QueuesOfTheirCommands_AreThoseOfThePhotos()
    {
        var document = File.ReadAllText(RepositoryRoot.Combine("docs", "operations.md"));
        var named = QueueOption().Matches(document).Select(match => match.Groups["name"].Value).Distinct().ToArray();

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(templates.Prod.NamesOf(Queues, "photos")));
    }

    private static string Code() =>
        string.Concat(Directory.EnumerateFiles(RepositoryRoot.Combine("src"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

    private static IEnumerable<JsonNode> ScaleRules(Deployment deployment) => deployment.App("worker").Scale.Items("rules");

    [GeneratedRegex("\"(?<text>[^\"\n]+)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex("const string \\w+ = \"(?<value>[^\"]+)\"")]
    private static partial Regex Constant();

    [GeneratedRegex(@"--queue-name (?<name>[\w-]+)")]
    private static partial Regex QueueOption();
}
