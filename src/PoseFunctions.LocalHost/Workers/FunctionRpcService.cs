using Grpc.Core;
using PoseFunctions.LocalHost.Protocol;

namespace PoseFunctions.LocalHost.Workers;

/// <summary>Where workers call: the first message of a stream says which one it is.</summary>
internal sealed class FunctionRpcService(WorkerChannels channels) : FunctionRpc.FunctionRpcBase
{
    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        if (await requestStream.MoveNext(context.CancellationToken)
            && channels.Find(requestStream.Current.StartStream?.WorkerId ?? "") is { } channel)
        {
            await channel.RunAsync(requestStream, responseStream, context.CancellationToken);
        }
    }
}
