using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace PoseFunctions.LocalHost.Http;

/// <summary>Forwards requests to workers' own HTTP ports.</summary>
internal sealed class WorkerForwarder(IHttpForwarder forwarder) : IDisposable
{
    // Longer than any load balancer in front of the Functions host waits.
    private static readonly ForwarderRequestConfig Forwarding = new() { ActivityTimeout = TimeSpan.FromMinutes(10) };

    private readonly HttpMessageInvoker client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });

    /// <summary>Forwards a request and its answer; where that breaks off, the answer is an error or is cut off.</summary>
    /// <returns>False where the worker took no connection, so that the request is still whole.</returns>
    public async Task<bool> TryForwardAsync(HttpContext context, Uri worker, string invocationId)
    {
        var error = await forwarder.SendAsync(context, worker.ToString(), client, Forwarding, new ToWorkerTransformer(invocationId));
        return error == ForwarderError.None
            || context.Response.HasStarted
            || context.Features.Get<IForwarderErrorFeature>()?.Exception is not HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError };
    }

    public void Dispose() => client.Dispose();
}
