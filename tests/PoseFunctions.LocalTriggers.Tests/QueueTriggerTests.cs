using Azure.Storage.Queues;
using PoseFunctions.LocalTriggers.Tests.Functions;
using PoseFunctions.Testing.Azurite;

namespace PoseFunctions.LocalTriggers.Tests;

public sealed class QueueTriggerTests(AzuriteFixture azurite)
{
    private const string Json = """
        { "version": "2.0", "extensions": { "queues": { "batchSize": 4, "newBatchThreshold": 0, "maxDequeueCount": 3, "visibilityTimeout": "00:00:00" } } }
        """;

    private readonly string name = AzuriteFixture.NewQueueName();
    private readonly Probe probe = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Message_FunctionSucceeds_IsDeleted()
    {
        await using var engine = await StartAsync();

        await SendAsync("hello");

        Assert.Equal("hello", await probe.NextAsync());
        await engine.StopAsync();
        Assert.Equal(0, await CountAsync(Queue()));
    }

    [Fact]
    public async Task Message_FunctionAlwaysFails_GoesToPoisonAfterItsRuns()
    {
        probe.Behaviour = (_, _) => throw new InvalidOperationException("Always.");
        await using var engine = await StartAsync();

        await SendAsync("bad");

        for (var run = 0; run < 3; run++)
        {
            Assert.Equal("bad", await probe.NextAsync());
        }

        Assert.Equal("bad", await PoisonAsync());
        Assert.Equal(0, probe.Waiting);
    }

    [Fact]
    public async Task Message_NotBase64_GoesToPoisonUnread()
    {
        var queue = Queue(encoding: QueueMessageEncoding.None);
        await queue.CreateAsync(cancellationToken: Cancel);
        await queue.SendMessageAsync("not base64!", Cancel);
        await using var engine = await StartAsync();

        Assert.Equal("not base64!", await PoisonAsync(QueueMessageEncoding.None));
        Assert.Equal(0, probe.Waiting);
    }

    [Fact]
    public async Task Messages_MoreThanOneBatch_NeverRunMoreThanTheBatchAtOnce()
    {
        var running = 0;
        var most = 0;
        var gate = new TaskCompletionSource();
        var full = new TaskCompletionSource();
        probe.Behaviour = async (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            if (Volatile.Read(ref running) == 4)
            {
                full.TrySetResult();
            }

            await gate.Task;
            Interlocked.Decrement(ref running);
        };
        for (var i = 0; i < 10; i++)
        {
            await SendAsync($"{i}");
        }

        await using var engine = await StartAsync();
        await full.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        gate.SetResult();
        var handled = new HashSet<string>();
        while (handled.Count < 10)
        {
            handled.Add(await probe.NextAsync());
        }

        Assert.Equal(4, most);
        Assert.Equal(0, probe.Waiting);
    }

    [Fact]
    public async Task Message_FunctionOutlivesItsVisibility_IsNotDeliveredTwice()
    {
        var others = 0;
        probe.Behaviour = async (_, token) =>
        {
            // Three times the visibility pass before the function ends.
            var queue = Queue();
            for (var look = 0; look < 30; look++)
            {
                await Task.Delay(100, token);
                others += (await queue.PeekMessagesAsync(1, token)).Value.Length;
            }
        };
        await using var engine = await StartAsync(options => options.MessageVisibility = TimeSpan.FromSeconds(1));
        await SendAsync("long");

        Assert.Equal("long", await probe.NextAsync());
        await engine.StopAsync();

        Assert.Equal(0, others);
    }

    [Fact]
    public async Task Stop_FunctionObeysItsToken_MessageIsVisibleAgainAtOnce()
    {
        probe.Behaviour = (_, token) => Task.Delay(Timeout.Infinite, token);
        await using var engine = await StartAsync();
        await SendAsync("later");
        Assert.Equal("later", await probe.NextAsync());

        await engine.StopAsync();

        var again = await Queue().ReceiveMessageAsync(cancellationToken: Cancel);
        Assert.Equal("later", again.Value?.Body.ToString());
    }

    [Fact]
    public async Task Stop_FunctionIgnoresItsToken_MessageIsGivenBackAfterTheGrace()
    {
        var never = new TaskCompletionSource();
        probe.Behaviour = (_, _) => never.Task;
        await using var engine = await StartAsync(options => options.ShutdownGrace = TimeSpan.FromMilliseconds(200));
        await SendAsync("stubborn");
        Assert.Equal("stubborn", await probe.NextAsync());

        await engine.StopAsync();

        var again = await Queue().ReceiveMessageAsync(cancellationToken: Cancel);
        Assert.Equal("stubborn", again.Value?.Body.ToString());
        never.SetResult();
    }

    [Fact]
    public async Task Storage_GoneForAWhile_IsUsedAgainWhenItIsBack()
    {
        var first = await AzuriteProcess.StartAsync(cancellationToken: Cancel);
        var connection = first.ConnectionString;
        await using var engine = await EngineUnderTest.StartAsync(
            connection, probe, [typeof(QueueFunctions)], Json, new() { ["Queue"] = name });
        await first.DisposeAsync();

        await using var second = await AzuriteProcess.StartAsync(first.BlobPort, first.QueuePort, Cancel);
        var queue = new QueueClient(connection, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await queue.CreateIfNotExistsAsync(cancellationToken: Cancel);
        await queue.SendMessageAsync("back", Cancel);

        Assert.Equal("back", await probe.NextAsync());
    }

    private Task<EngineUnderTest> StartAsync(Action<LocalTriggerOptions>? configure = null) => EngineUnderTest.StartAsync(
        azurite.ConnectionString, probe, [typeof(QueueFunctions)], Json, new() { ["Queue"] = name }, configure);

    private QueueClient Queue(string suffix = "", QueueMessageEncoding encoding = QueueMessageEncoding.Base64) =>
        new(azurite.ConnectionString, name + suffix, new QueueClientOptions { MessageEncoding = encoding });

    private async Task SendAsync(string text)
    {
        await Queue().CreateIfNotExistsAsync(cancellationToken: Cancel);
        await Queue().SendMessageAsync(text, Cancel);
    }

    private static async Task<int> CountAsync(QueueClient queue) =>
        (await queue.GetPropertiesAsync(Cancel)).Value.ApproximateMessagesCount;

    private async Task<string> PoisonAsync(QueueMessageEncoding encoding = QueueMessageEncoding.Base64)
    {
        var poison = Queue("-poison", encoding);
        await poison.CreateIfNotExistsAsync(cancellationToken: Cancel);
        while (true)
        {
            var message = await poison.ReceiveMessageAsync(cancellationToken: Cancel);
            if (message.Value is { } found)
            {
                return found.Body.ToString();
            }
        }
    }
}
