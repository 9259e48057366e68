using Azure.Storage.Queues;
using PoseFunctions.Core.Jobs;
using PoseFunctions.EndToEnd.Tests.Processes;
using PoseFunctions.Testing.Azurite;
using PoseFunctions.Testing.Service;

namespace PoseFunctions.EndToEnd.Tests.Robustness;

/// <summary>A real worker process gets work while it still loads its models.</summary>
public sealed class WorkDuringStartTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private const string MessageIsHandled = "a new one is sent";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Message_TakenBeforeTheModelsAreReady_IsHandledOnlyThen()
    {
        // Handled by a function that needs no model: nothing but the wait keeps it from running.
        await LeftJob.PutAsync(azurite.ConnectionString, "record-queued.json");
        var poison = await PoisonAsync();
        using var models = new HeldModels();
        var settings = new Dictionary<string, string> { ["Inference__ModelsPath"] = models.Path };
        var starting = LocalHostProcess.StartAsync(
            new LocalHostArguments(azurite.ConnectionString) { Apps = ["worker"], Settings = settings }, Cancel);
        await UntilTakenAsync(poison);

        await models.ReleaseAsync(Cancel);
        await using var host = await starting;
        var job = (await new JobStorage(azurite.ConnectionString).UntilAsync(records => records.All(record => record.IsFinal)))[0];

        Assert.Equal(JobState.Succeeded, job.State);
        var log = host.Log;
        Assert.Contains(MessageIsHandled, log, StringComparison.Ordinal);
        Assert.InRange(log.IndexOf(LocalHostProcess.ModelsAreReady, StringComparison.Ordinal), 0, log.IndexOf(MessageIsHandled, StringComparison.Ordinal));
    }

    /// <summary>Moves the message of the job to where the host puts one that it gives up.</summary>
    private async Task<QueueClient> PoisonAsync()
    {
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        var queue = new QueueClient(azurite.ConnectionString, "pose-jobs", options);
        var poison = new QueueClient(azurite.ConnectionString, "pose-jobs-poison", options);
        var message = (await queue.ReceiveMessageAsync(cancellationToken: Cancel)).Value;
        await poison.CreateAsync(cancellationToken: Cancel);
        await poison.SendMessageAsync(message.Body, cancellationToken: Cancel);
        await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, Cancel);
        return poison;
    }

    private static async Task UntilTakenAsync(QueueClient queue)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while ((await queue.PeekMessageAsync(Cancel)).Value is not null)
        {
            await look.WaitForNextTickAsync(Cancel);
        }
    }
}
