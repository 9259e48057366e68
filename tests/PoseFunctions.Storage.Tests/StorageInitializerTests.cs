using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Leases;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Requests;
using PoseFunctions.Core.Running;
using PoseFunctions.Testing.Azurite;
using PoseFunctions.Testing.Builders;
using PoseFunctions.Testing.Time;

namespace PoseFunctions.Storage.Tests;

/// <summary>The registration and its start, on an emulator of their own because the names are fixed.</summary>
public sealed class StorageInitializerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Host_StartedTwiceOnAnEmptyAccount_HasEveryStoreReady()
    {
        await using var azurite = await AzuriteProcess.StartAsync(cancellationToken: Cancellation);
        for (var start = 0; start < 2; start++)
        {
            var builder = Host.CreateEmptyApplicationBuilder(new());
            builder.Configuration["Photos"] = azurite.ConnectionString;
            builder.Services.AddPoseFunctionsStorage(builder.Configuration);
            using var host = builder.Build();
            await host.StartAsync(Cancellation);

            var services = host.Services;
            Assert.NotNull(await services.GetRequiredService<IJobStore>().TryCreateAsync(AJob.Queued(), Cancellation));
            Assert.Empty(await services.GetRequiredService<IWorkerLeaseStore>().ListAsync(Cancellation));
            Assert.Equal(0, (await services.GetRequiredService<IJobQueue>().MeasureAsync(Cancellation)).Messages);
            Assert.Null(await services.GetRequiredService<IRequestStore>().FindAsync(Tenant.Default, "none", Cancellation));
            Assert.Null(await services.GetRequiredService<IResultStore>().OpenAsync(AJob.NewId(), 0, default, Cancellation));
            Assert.Null(await services.GetRequiredService<IParsedPhotoStore>().FindAsync(new(Tenant.Default, "aa", "1"), Cancellation));
            foreach (var container in Enum.GetValues<PhotoContainer>())
            {
                Assert.Null(await services.GetRequiredService<IPhotoStore>().OpenAsync(container, "t", "n", Cancellation));
            }

            await host.StopAsync(Cancellation);
        }
    }

    [Fact]
    public async Task StartingAsync_StorageComesUpLater_WaitsForItAndSaysSoInOneSentence()
    {
        var ports = FreePorts();
        var clock = new FakeTimeProvider();
        var connection = $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;BlobEndpoint=http://127.0.0.1:{ports[0]}/devstoreaccount1;QueueEndpoint=http://127.0.0.1:{ports[1]}/devstoreaccount1;";
        var log = new RecordingLogger<StorageInitializer>();
        var initializer = Initializer(connection, clock, log);

        var starting = initializer.StartingAsync(Cancellation);
        await clock.WaitForTimersAsync(1, Cancellation);
        await using var azurite = await AzuriteProcess.StartAsync(ports[0], ports[1], Cancellation);
        clock.Advance(TimeSpan.FromSeconds(5));

        await starting;
        var (said, exception) = Assert.Single(log.Entries);
        Assert.Matches("^Storage is not ready; trying again in [0-9:.]+: Storage did not answer: [^\\n]*refused[^\\n]*$", said);
        Assert.Null(exception);
    }

    [Fact]
    public async Task StartingAsync_WrongKey_FailsAtOnce()
    {
        await using var azurite = await AzuriteProcess.StartAsync(cancellationToken: Cancellation);
        var connection = azurite.ConnectionString.Replace("AccountKey=Eby8", "AccountKey=AAAA", StringComparison.Ordinal);

        var failure = await Assert.ThrowsAsync<InfrastructureException>(
            () => Initializer(connection, new FakeTimeProvider()).StartingAsync(Cancellation));

        Assert.False(failure.IsTransient);
        Assert.Contains("403", failure.Message, StringComparison.Ordinal);
    }

    private static StorageInitializer Initializer(string connection, TimeProvider clock, ILogger<StorageInitializer>? log = null)
    {
        var clients = StorageUnderTest.Clients(("Photos", connection), ("Storage:MaxRetries", "0"));
        return new(clients.Blobs, clients.Queues, clock, log ?? NullLogger<StorageInitializer>.Instance);
    }

    private static int[] FreePorts()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return [((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port];
    }
}
