using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace PoseFunctions.Storage.Tests.Connection;

public sealed class StorageClientsTests
{
    private const string Account = "UseDevelopmentStorage=true";

    [Fact]
    public void Clients_ConnectionString_AreOfItsAccount()
    {
        var clients = StorageUnderTest.Clients(("Photos", Account));

        Assert.Equal(("devstoreaccount1", "devstoreaccount1"), (clients.Blobs.AccountName, clients.Queues.AccountName));
        Assert.True(clients.Blobs.CanGenerateAccountSasUri);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("managedidentity")]
    public void Clients_AddressesWithAnIdentity_AreOfTheseAddresses(string? credential)
    {
        var clients = StorageUnderTest.Clients(
            ("Photos:blobServiceUri", "https://a.blob"),
            ("Photos:queueServiceUri", "https://a.queue"),
            ("Photos:credential", credential ?? ""),
            ("Photos:clientId", credential is null ? "" : "6a0a5a6e-3f5f-4a55-a6b8-000000000000"));

        Assert.Equal((new Uri("https://a.blob"), new Uri("https://a.queue")), (clients.Blobs.Uri, clients.Queues.Uri));
        Assert.False(clients.Blobs.CanGenerateAccountSasUri);
    }

    [Theory]
    [InlineData("no account", "Set Photos to the connection string")]
    [InlineData("AzureWebJobsStorage=UseDevelopmentStorage=true", "Set Photos to the connection string")]
    [InlineData("Photos=x", "Photos is no connection string")]
    [InlineData("Photos=AccountName=a;AccountKey=b", "Photos is no connection string")]
    [InlineData("Photos:blobServiceUri=https://a.blob", "Set both Photos__blobServiceUri and Photos__queueServiceUri")]
    [InlineData("Photos:queueServiceUri=https://a.queue", "Set both")]
    [InlineData("Photos=x|Photos:queueServiceUri=https://a.queue", "not both")]
    [InlineData("Photos:blobServiceUri=/a|Photos:queueServiceUri=b", "absolute")]
    [InlineData("Photos=UseDevelopmentStorage=true|AzureWebJobsPhotos=x", "Remove the setting AzureWebJobsPhotos:")]
    [InlineData("Photos=UseDevelopmentStorage=true|AzureWebJobsPhotos:blobServiceUri=https://a", "Remove the setting AzureWebJobsPhotos:")]
    [InlineData("Photos=UseDevelopmentStorage=true|ConnectionStrings:Photos=x", "Remove the setting ConnectionStrings__Photos:")]
    [InlineData("Photos=UseDevelopmentStorage=true|Storage:MaxRetries=11", "MaxRetries")]
    [InlineData("Photos=UseDevelopmentStorage=true|Storage:NetworkTimeout=00:00:00", "NetworkTimeout")]
    public async Task Host_AccountNamedWrongly_DoesNotStartAndSaysWhatToSet(string settings, string said)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        foreach (var setting in settings.Split('|'))
        {
            var pair = setting.Split('=', 2);
            builder.Configuration[pair[0]] = pair.ElementAtOrDefault(1);
        }

        builder.Services.AddPoseFunctionsStorage(builder.Configuration);
        using var host = builder.Build();

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains(said, Assert.Single(failure.Failures), StringComparison.Ordinal);
    }
}
