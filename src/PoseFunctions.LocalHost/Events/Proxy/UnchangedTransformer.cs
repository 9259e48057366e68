using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace PoseFunctions.LocalHost.Events.Proxy;

/// <summary>
/// Forwards requests so that signatures over them stay valid: the path and query byte for byte, the client's Host header and
/// nothing added. Leaves the event of a committed blob among the request's features.
/// </summary>
internal sealed class UnchangedTransformer(BlobWrites writes) : HttpTransformer
{
    private static readonly UriCreationOptions AsSent = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var target = httpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        proxyRequest.RequestUri = new Uri(destinationPrefix + target, AsSent);
    }

    // Here and not after the answer has gone out: the blob is there even if its client has left.
    public override ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is not null)
        {
            httpContext.Features.Set(writes.Recognise(httpContext, proxyResponse));
        }

        return base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
    }
}
