using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Infrastructure.Tests.Bicep;
using PoseFunctions.Testing;
using PoseFunctions.Worker;

namespace PoseFunctions.Infrastructure.Tests;

/// <summary>What the templates say about the apps is so in the apps.</summary>
public sealed partial class DeploymentTests
{
    private static readonly TemplateFolder Folder = TemplateFolder.Repository;

    private static IEnumerable<(string Function, object Trigger)> Triggers =>
        from type in typeof(WorkerApplication).Assembly.GetTypes()
        from method in type.GetMethods()
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        from parameter in method.GetParameters()
        from trigger in parameter.GetCustomAttributes()
        where trigger is BlobTriggerAttribute or QueueTriggerAttribute
        select (function.Name, (object)trigger);

    [Fact]
    public void Subscription_Webhook_IsThatOfTheBlobFunctionWithAnEventGridSource()
    {
        var text = string.Join('\n', Folder.FindTemplate("modules/uploads-subscription.bicep")!.Expressions.OfType<BicepText>().Select(text => text.Text));
        var (function, trigger) = Assert.Single(Triggers, found => found.Trigger is BlobTriggerAttribute);
        var blob = (BlobTriggerAttribute)trigger;

        Assert.Equal(BlobTriggerSource.EventGrid, blob.Source);
        Assert.Contains($"functionName=Host.Functions.{function}&code=", text, StringComparison.Ordinal);
        Assert.Contains($"/blobServices/default/containers/{blob.BlobPath.Split('/')[0]}/", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Photos_Queues_AreThoseThatFunctionsListenTo()
    {
        var photos = Folder.FindTemplate("main.bicep")!.Modules.Single(module => module.Name == "photos");
        var queues = ((BicepArray)photos.Body!.Find("params", "queues")!).Items.Cast<BicepText>().Select(text => text.Text);

        Assert.Equal(Triggers.Select(found => found.Trigger).OfType<QueueTriggerAttribute>().Select(trigger => trigger.QueueName).Order(), queues.Order());
    }

    [Fact]
    public void Worker_ScaleRules_WatchTheQueueOfJobsAndThatOfUploads()
    {
        var worker = Folder.FindTemplate("modules/worker-app.bicep")!;
        var rules = (BicepObject)TemplateTests.Variable(worker, "ownRules");
        var queues = ((BicepArray)rules.Find("rules")!).Items.Cast<BicepObject>()
            .Select(rule => rule.Find("custom", "metadata", "queueName") as BicepText)
            .Where(name => name is not null).Select(name => name!.Text);

        Assert.Equal(["pose-jobs", "pose-jobs-poison", "azure-webjobs-blobtrigger-${}"], queues);
        Assert.All(((BicepArray)rules.Find("rules")!).Items.Cast<BicepObject>(), rule =>
            Assert.True(rule.Find("http") is not null || rule.Find("custom", "type") is BicepText { Text: "cron" } || rule.Find("custom", "identity") is not null));
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void Worker_InEveryEnvironment_ScalesToZeroOnAT4(string environment)
    {
        var file = Folder.ParameterFiles.Single(file => file.Path == $"parameters/{environment}.bicepparam");
        var profile = file.Parameters.Single(parameter => parameter.Name == "gpuProfile").Value!;

        Assert.Equal(0, Assert.IsType<BicepNumber>(file.Parameters.Single(parameter => parameter.Name == "workerMinReplicas").Value).Value);
        Assert.Contains(profile.All.OfType<BicepText>(), text => text.Text == "Consumption-GPU-NC8as-T4");
    }

    [Fact]
    public void Storage_Accounts_AllowNeitherPublicBlobsNorKeys()
    {
        var accounts = Folder.Templates.SelectMany(file => file.Resources)
            .Where(resource => resource.Type.StartsWith("Microsoft.Storage/storageAccounts@", StringComparison.Ordinal) && !resource.IsExisting).ToArray();

        Assert.Equal(2, accounts.Length);
        Assert.All(accounts, account =>
        {
            Assert.False(Assert.IsType<BicepBoolean>(account.Body!.Find("properties", "allowBlobPublicAccess")).Value);
            Assert.False(Assert.IsType<BicepBoolean>(account.Body!.Find("properties", "allowSharedKeyAccess")).Value);
        });
    }

    [Fact]
    public void Alerts_PhrasesAndSpansOfTheQueries_AreThoseOfTheCode()
    {
        var queries = Folder.FindTemplate("modules/alerts.bicep")!.Expressions.OfType<BicepText>().Select(text => text.Text).Where(text => text.Contains('|', StringComparison.Ordinal));
        var wanted = queries.SelectMany(query => Quoted().Matches(query).Select(match => match.Groups["text"].Value)).Except(["second", "WORKER"]).ToArray();
        var code = string.Concat(Directory.EnumerateFiles(RepositoryRoot.Combine("src"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

        Assert.NotEmpty(wanted);
        Assert.All(wanted, text => Assert.Contains(text.Contains(' ', StringComparison.Ordinal) ? text : $"\"{text}\"", code, StringComparison.Ordinal));
    }

    [Fact]
    public void Containers_OfTheApps_AreThoseOfTheTemplates()
    {
        var names = File.ReadAllText(RepositoryRoot.Combine("src", "PoseFunctions.Storage", "StorageNames.cs"));
        var inCode = Constant().Matches(names).Select(match => match.Groups["value"].Value).Where(name => name != "pose-jobs");

        Assert.Equal(inCode.Order(), TemplateTests.Texts(Folder.FindTemplate("main.bicep")!, "photoContainers").Order());
    }

    [Fact]
    public void Azd_ApiVersion_IsTheOneOfTheTemplates()
    {
        var deployment = File.ReadAllText(RepositoryRoot.Combine("azure.yaml"));
        var versions = ApiVersion().Matches(deployment).Select(match => match.Groups["version"].Value);

        Assert.Equal(Enumerable.Repeat(Folder.Lists[TemplateFolder.ApiVersions]["Microsoft.App/containerApps"], 2), versions);
    }

    [Fact]
    public void Azd_Files_AreThereAndScriptsCanBeRun()
    {
        var deployment = File.ReadAllText(RepositoryRoot.Combine("azure.yaml"));
        var files = RepositoryFile().Matches(deployment).Select(match => match.Value).ToArray();

        Assert.Equal(5, files.Length);
        Assert.All(files, file => Assert.True(File.Exists(RepositoryRoot.Combine(file)), $"There is no {file}."));
        Assert.All(
            files.Where(file => file.Contains("/scripts/", StringComparison.Ordinal)),
            file => Assert.True(File.GetUnixFileMode(RepositoryRoot.Combine(file)).HasFlag(UnixFileMode.UserExecute), $"{file} cannot be run."));
    }

    [Fact]
    public void Scripts_VariablesOfAzd_AreOutputsOfTheTemplate()
    {
        var script = File.ReadAllText(RepositoryRoot.Combine("infra", "scripts", "after-deploy"));
        var outputs = Folder.FindTemplate("main.bicep")!.Outputs.Select(output => output.Name);

        Assert.Empty(ShellVariable().Matches(script).Select(match => match.Groups["name"].Value).Distinct().Except(outputs));
    }

    [Fact]
    public void Scripts_ParametersOfTheSubscription_AreThoseOfItsTemplate()
    {
        var script = File.ReadAllText(RepositoryRoot.Combine("infra", "scripts", "after-deploy"));
        var passed = ShellParameter().Matches(script).Select(match => match.Groups["name"].Value);

        Assert.Equal(Folder.FindTemplate("uploads-subscription.bicep")!.Parameters.Select(parameter => parameter.Name).Order(), passed.Order());
    }

    [GeneratedRegex("\"(?<text>[^\"\n]+)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex("const string \\w+ = \"(?<value>[^\"]+)\"")]
    private static partial Regex Constant();

    [GeneratedRegex(@"apiVersion: (?<version>\S+)")]
    private static partial Regex ApiVersion();

    [GeneratedRegex(@"infra/(scripts|docker)/[\w.-]+")]
    private static partial Regex RepositoryFile();

    [GeneratedRegex(@"\$(?<name>[A-Z][A-Z_]+)")]
    private static partial Regex ShellVariable();

    [GeneratedRegex("(?<name>[a-z][A-Za-z]+)=\"\\$[A-Z_]+\"")]
    private static partial Regex ShellParameter();
}
