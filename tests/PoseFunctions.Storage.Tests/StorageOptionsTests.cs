using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace PoseFunctions.Storage.Tests;

public sealed class StorageOptionsTests
{
    private const string Account = "UseDevelopmentStorage=true";

    [Fact]
    public void Value_ConnectionString_IsTaken() => Assert.Equal(Account, Read(("Storage:ConnectionString", Account)).ConnectionString);

    [Fact]
    public void Value_NothingSet_IsTheAccountOfTheTriggers() => Assert.Equal(Account, Read(("AzureWebJobsStorage", Account)).ConnectionString);

    [Fact]
    public void Value_TriggersWithIdentity_TakesTheirAddresses()
    {
        var options = Read(("AzureWebJobsStorage:blobServiceUri", "https://a.blob"), ("AzureWebJobsStorage:queueServiceUri", "https://a.queue"));

        Assert.Equal((new Uri("https://a.blob"), new Uri("https://a.queue")), (options.BlobServiceUri, options.QueueServiceUri));
    }

    [Fact]
    public void Value_OwnAccountAndTriggers_IsTheOwn() =>
        Assert.Equal(Account, Read(("Storage:ConnectionString", Account), ("AzureWebJobsStorage", "other")).ConnectionString);

    [Theory]
    [InlineData("no account", "Set Storage:ConnectionString, or")]
    [InlineData("Storage:BlobServiceUri=https://a.blob", "Set both")]
    [InlineData("Storage:ConnectionString=x|Storage:QueueServiceUri=https://a.queue", "not both")]
    [InlineData("Storage:BlobServiceUri=/a|Storage:QueueServiceUri=b", "absolute")]
    [InlineData("Storage:ConnectionString=x|Storage:MaxRetries=11", "MaxRetries")]
    [InlineData("Storage:ConnectionString=x|Storage:NetworkTimeout=00:00:00", "NetworkTimeout")]
    public void Value_AccountNamedWrongly_FailsAndSaysWhatToSet(string settings, string said)
    {
        var pairs = settings.Split('|').Select(pair => pair.Split('=', 2)).Select(pair => (pair[0], pair.ElementAtOrDefault(1) ?? "")).ToArray();

        var failure = Assert.Throws<OptionsValidationException>(() => Read(pairs));

        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
    }

    private static StorageOptions Read(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)))
            .Build();
        using var services = new ServiceCollection().AddLogging().AddPoseFunctionsStorage(configuration).BuildServiceProvider();
        return services.GetRequiredService<IOptions<StorageOptions>>().Value;
    }
}
