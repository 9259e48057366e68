using System.Collections.Concurrent;
using System.Threading.Channels;
using Grpc.Core;
using PoseFunctions.LocalHost.Protocol;
using Content = PoseFunctions.LocalHost.Protocol.StreamingMessage.ContentOneofCase;

namespace PoseFunctions.LocalHost.Workers;

/// <summary>The conversation with one worker process: questions are matched with their answers.</summary>
/// <param name="app">Name of the app that the worker belongs to.</param>
/// <param name="logs">Takes what the worker logs.</param>
internal sealed class WorkerChannel(string app, WorkerLogs logs)
{
    // Bounded by what is asked at once, which the listeners and the HTTP side bound.
    private readonly Channel<StreamingMessage> outbound =
        Channel.CreateUnbounded<StreamingMessage>(new UnboundedChannelOptions { SingleReader = true });

    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> questions = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the worker must call itself when it connects.</summary>
    public string WorkerId { get; } = Guid.NewGuid().ToString();

    /// <summary>Ends when the worker has connected.</summary>
    /// <exception cref="WorkerLostException">It was closed before.</exception>
    public Task Connected => connected.Task;

    /// <summary>Ends when nothing is said any more: the stream broke, or the process ended.</summary>
    public Task Closed => closed.Task;

    /// <summary>Runs the conversation until the worker hangs up, the host ends, or <see cref="Close"/>.</summary>
    public async Task RunAsync(
        IAsyncStreamReader<StreamingMessage> requests, IServerStreamWriter<StreamingMessage> responses, CancellationToken cancellationToken)
    {
        connected.TrySetResult();
        try
        {
            await await Task.WhenAny(HearAsync(requests, cancellationToken), SpeakAsync(responses, cancellationToken), Closed);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or Grpc.Core.RpcException or InvalidOperationException)
        {
            // However a stream breaks, the worker behind it is of no use any more.
        }
        finally
        {
            Close();
        }
    }

    /// <summary>Asks, and waits for the answer.</summary>
    /// <param name="question">What to ask.</param>
    /// <param name="id">What the answer is told by.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="WorkerLostException">The worker is gone.</exception>
    public async Task<StreamingMessage> AskAsync(StreamingMessage question, string id, CancellationToken cancellationToken)
    {
        question.RequestId = id;
        var answer = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        questions[id] = answer;
        try
        {
            Tell(question);
            return await answer.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            questions.TryRemove(id, out _);
        }
    }

    /// <summary>Says something that has no answer.</summary>
    public void Tell(StreamingMessage message)
    {
        outbound.Writer.TryWrite(message);
        if (closed.Task.IsCompleted)
        {
            Abandon();
        }
    }

    /// <summary>Ends the conversation; whoever waits for an answer gets a <see cref="WorkerLostException"/>.</summary>
    public void Close()
    {
        closed.TrySetResult();
        outbound.Writer.TryComplete();
        connected.TrySetException(new WorkerLostException(app));
        Abandon();
    }

    private void Abandon()
    {
        foreach (var (_, answer) in questions)
        {
            answer.TrySetException(new WorkerLostException(app));
        }
    }

    private async Task HearAsync(IAsyncStreamReader<StreamingMessage> requests, CancellationToken cancellationToken)
    {
        while (await requests.MoveNext(cancellationToken))
        {
            Hear(requests.Current);
        }
    }

    private async Task SpeakAsync(IServerStreamWriter<StreamingMessage> responses, CancellationToken cancellationToken)
    {
        await foreach (var message in outbound.Reader.ReadAllAsync(cancellationToken))
        {
            await responses.WriteAsync(message, cancellationToken);
        }
    }

    private void Hear(StreamingMessage message)
    {
        if (message.ContentCase == Content.RpcLog)
        {
            logs.Write(message.RpcLog);
            return;
        }

        var id = message.ContentCase switch
        {
            Content.InvocationResponse => message.InvocationResponse.InvocationId,
            Content.FunctionLoadResponse => message.FunctionLoadResponse.FunctionId,
            _ => message.RequestId,
        };
        if (questions.TryGetValue(id, out var answer))
        {
            answer.TrySetResult(message);
        }
    }
}
