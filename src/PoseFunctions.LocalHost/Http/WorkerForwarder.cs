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
    /// <returns>False where no answer came, and the request may be forwarded again.</returns>
    public async Task<bool> TryForwardAsync(HttpContext context, Uri worker, string invocationId)
    {
        var error = await forwarder.SendAsync(context, worker.ToString(), client, Forwarding, new ToWorkerTransformer(invocationId));
        if (error == ForwarderError.None
            || context.Response.HasStarted
            || context.Features.Get<IForwarderErrorFeature>()?.Exception is not HttpRequestException exception
            || !MayRepeat(context.Request, exception))
        {
            return true;
        }

        Reset(context);
        return false;
    }

    /// <summary>Makes a request ready to be forwarded once more: a failure has set its status, and the forwarder takes none that has one.</summary>
    public static void Reset(HttpContext context)
    {
        context.Response.Clear();
        context.Features.Set<IForwarderErrorFeature>(null);
    }

    /// <summary>Whether a request only reads, and may be made twice.</summary>
    public static bool OnlyReads(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    public void Dispose() => client.Dispose();

    // A request that met no open port is still whole.
    private static bool MayRepeat(HttpRequest request, HttpRequestException exception) =>
        exception.HttpRequestError == HttpRequestError.ConnectionError || OnlyReads(request);
}
