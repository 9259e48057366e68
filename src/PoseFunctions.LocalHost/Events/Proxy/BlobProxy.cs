using System.Net;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace PoseFunctions.LocalHost.Events.Proxy;

/// <summary>Stands before the emulator's blob endpoint: forwards every request and queues an event for each committed blob.</summary>
internal sealed class BlobProxy(IHttpForwarder forwarder, Uri emulator, BlobWrites writes, ChannelWriter<BlobCreated> events)
    : IDisposable
{
    private static readonly ForwarderRequestConfig Config =
        new() { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };

    private readonly string destination = emulator.GetLeftPart(UriPartial.Authority);
    private readonly UnchangedTransformer transformer = new(writes);
    private readonly HttpMessageInvoker client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,

        // The client is asked for its body only when the emulator asks, so a refused upload is never sent.
        Expect100ContinueTimeout = Timeout.InfiniteTimeSpan,

        // Header bytes that are not ASCII come out as they went in.
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
    });

    public async Task HandleAsync(HttpContext context)
    {
        // Anything else would change the authority that the target is appended to.
        if (!context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.StartsWith('/'))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        await forwarder.SendAsync(context, destination, client, Config, transformer);
        if (context.Features.Get<BlobCreated>() is { } created && !events.TryWrite(created))
        {
            await AnswerAsync(context.Response);
            await events.WriteAsync(created, CancellationToken.None);
        }
    }

    public void Dispose() => client.Dispose();

    // The backlog is full: the upload is answered all the same, and told to take another connection for the next, because
    // this one takes no request before the event has found a place.
    private static Task AnswerAsync(HttpResponse response)
    {
        if (!response.HasStarted)
        {
            response.Headers.Connection = "close";
        }

        return response.CompleteAsync();
    }
}
