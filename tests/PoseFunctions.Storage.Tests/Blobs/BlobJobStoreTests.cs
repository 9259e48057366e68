using System.Net;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging.Abstractions;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Storage.Jobs;
using PoseFunctions.Storage.Tests.Contracts;
using PoseFunctions.Testing.Azurite;
using PoseFunctions.Testing.Builders;
using PoseFunctions.Testing.Telemetry;

namespace PoseFunctions.Storage.Tests.Blobs;

public sealed class BlobJobStoreTests(AzuriteFixture azurite) : JobStoreContract, IAsyncLifetime
{
    private BlobContainerClient container = null!;

    protected override IJobStore Store => NewStore(container);

    public async ValueTask InitializeAsync() => container = await StorageUnderTest.Clients(azurite).NewContainerAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task EveryCall_InTheUsualCase_IsOneRequest()
    {
        using var probe = new StorageOperationProbe();

        var created = await CreateAsync(AJob.Queued());
        await Store.FindAsync(created.Record.Id, Cancellation);
        await Store.FindChangedAsync(created.Record.Id, created.Version, Cancellation);
        var replaced = await Store.ReplaceAsync(created, created.Record.Cancel(AJob.Now), Cancellation);
        await Store.ListAsync(null, 10, null, Cancellation);
        await Store.DeleteAsync(replaced, Cancellation);

        Assert.Equal(["blob.put", "blob.get", "blob.get", "blob.put", "blob.list", "blob.delete"], probe.Operations);
    }

    [Fact]
    public async Task ReplaceAsync_AnswerOfTheWriteLost_IsNoConflict()
    {
        var job = await CreateAsync(AJob.Queued());
        var store = StoreThatLosesOneAnswer();

        var claimed = await store.ReplaceAsync(
            job, job.Record.TakeBy("w", AJob.Generator, ownerIsGone: false, AJob.Now), Cancellation);

        var found = await Store.FindAsync(job.Record.Id, Cancellation);
        Assert.Equal(("w", claimed.Version), (found!.Record.Claim!.Owner, found.Version));
    }

    [Fact]
    public async Task TryCreateAsync_AnswerOfTheWriteLost_IsCreated()
    {
        var job = AJob.Accepted();

        var created = await StoreThatLosesOneAnswer().TryCreateAsync(job, Cancellation);

        Assert.Equal((await Store.FindAsync(job.Id, Cancellation))!.Version, created!.Version);
    }

    [Fact]
    public async Task FindAsync_DamagedRecord_FailsForGoodAndHidesNoOther()
    {
        var tenant = NewTenant();
        var damaged = AJob.NewId(tenant);
        await UploadAsync($"{tenant}/{damaged.Digest}.json", "{");
        await UploadAsync($"{tenant}/strange.txt", "x");
        var other = await CreateAsync(AJob.Queued(AJob.NewId(tenant)));

        var failure = await Assert.ThrowsAsync<InfrastructureException>(() => Store.FindAsync(damaged, Cancellation));
        var page = await Store.ListAsync(tenant, 10, null, Cancellation);

        Assert.False(failure.IsTransient);
        Assert.Equal(other.Record.Id, Assert.Single(page.Jobs).Id);
    }

    [Fact]
    public async Task ListAsync_RecordWithoutMetadata_IsReadInstead()
    {
        var tenant = NewTenant();
        var job = await CreateAsync(AJob.Running(AJob.NewId(tenant)));
        var blob = container.GetBlobClient($"{tenant}/{job.Record.Id.Digest}.json");
        await blob.SetMetadataAsync(new Dictionary<string, string>(), cancellationToken: Cancellation);

        var summary = Assert.Single((await Store.ListAsync(tenant, 10, null, Cancellation)).Jobs);

        Assert.Equal(new(job.Record.Id, JobState.Running, AJob.Owner, job.Record.UpdatedAt, null), summary);
    }

    [Fact]
    public async Task EveryCall_NoContainer_FailsInsteadOfTellingNothing()
    {
        var store = NewStore(StorageUnderTest.Clients(azurite).Blobs.GetBlobContainerClient(AzuriteFixture.NewContainerName()));

        await Assert.ThrowsAsync<InfrastructureException>(() => store.FindAsync(AJob.NewId(), Cancellation));
        await Assert.ThrowsAsync<InfrastructureException>(() => store.TryCreateAsync(AJob.Queued(), Cancellation));
        await Assert.ThrowsAsync<InfrastructureException>(() => store.ListAsync(null, 10, null, Cancellation));
    }

    // The emulator takes any text for a continuation; an account answers like this.
    [Theory]
    [InlineData("OutOfRangeInput")]
    [InlineData("InvalidQueryParameterValue")]
    public async Task ListAsync_ContinuationThatStorageRefuses_IsTheCallersFault(string errorCode)
    {
        using var refusing = new HttpClient(new RefusingStorage(errorCode));
        var options = new BlobClientOptions { Transport = new HttpClientTransport(refusing) };
        var store = NewStore(new BlobContainerClient(azurite.ConnectionString, container.Name, options));

        var rejection = await Assert.ThrowsAsync<RejectedException>(() => store.ListAsync(null, 10, "nonsense", Cancellation));
        await Assert.ThrowsAsync<InfrastructureException>(() => store.ListAsync(null, 10, null, Cancellation));

        Assert.Equal(FailureCodes.RequestInvalid, rejection.Code);
    }

    private static BlobJobStore NewStore(BlobContainerClient container) => new(container, NullLogger<BlobJobStore>.Instance);

    private BlobJobStore StoreThatLosesOneAnswer()
    {
        var options = new BlobClientOptions { Retry = { Delay = TimeSpan.Zero, MaxDelay = TimeSpan.Zero } };
        options.AddPolicy(new LoseFirstAnswer(), HttpPipelinePosition.PerRetry);
        return NewStore(new BlobContainerClient(azurite.ConnectionString, container.Name, options));
    }

    private async Task UploadAsync(string name, string text) =>
        await container.GetBlobClient(name).UploadAsync(new BinaryData(Encoding.UTF8.GetBytes(text)), Cancellation);

    private sealed class RefusingStorage(string errorCode) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadRequest) { Headers = { { "x-ms-error-code", errorCode } } });
    }

    private sealed class LoseFirstAnswer : HttpPipelinePolicy
    {
        private bool lost;

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            await ProcessNextAsync(message, pipeline);
            if (!lost)
            {
                lost = true;
                throw new IOException("The connection broke after the request was carried out.");
            }
        }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            throw new NotSupportedException();
    }
}
