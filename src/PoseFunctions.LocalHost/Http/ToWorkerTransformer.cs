using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace PoseFunctions.LocalHost.Http;

/// <summary>
/// Tells the worker which invocation a request belongs to, and what the request looked like before it was forwarded, as the
/// Functions host does.
/// </summary>
internal sealed class ToWorkerTransformer(string invocationId) : HttpTransformer
{
    private const string InvocationHeader = "x-ms-invocation-id";

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        Replace(proxyRequest, InvocationHeader, invocationId);
        Replace(proxyRequest, "X-Forwarded-For", httpContext.Connection.RemoteIpAddress?.ToString());
        Replace(proxyRequest, "X-Forwarded-Host", httpContext.Request.Host.Value);
        Replace(proxyRequest, "X-Forwarded-Proto", httpContext.Request.Scheme);

        // The worker is addressed by its own host name, not by the one that the client used.
        proxyRequest.Headers.Host = null;
    }

    private static void Replace(HttpRequestMessage request, string header, string? value)
    {
        request.Headers.Remove(header);
        request.Headers.TryAddWithoutValidation(header, value);
    }
}
