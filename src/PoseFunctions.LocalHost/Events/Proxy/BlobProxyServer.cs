using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PoseFunctions.LocalHost.Http;

namespace PoseFunctions.LocalHost.Events.Proxy;

/// <summary>The listener of the proxy, without a limit that the emulator does not have itself.</summary>
internal static class BlobProxyServer
{
    private const int LongestTarget = 64 * 1024;

    public static WebApplicationBuilder CreateBuilder(ILoggerFactory loggers)
    {
        var builder = LoopbackServer.CreateBuilder(loggers, port: 0, HttpProtocols.Http1);
        builder.WebHost.ConfigureKestrel(LiftLimits);
        builder.Services.AddHttpForwarder();
        return builder;
    }

    private static void LiftLimits(KestrelServerOptions kestrel)
    {
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;

        // A name of 1,024 characters takes up to nine bytes for each when escaped; the default is 8 KiB.
        kestrel.Limits.MaxRequestLineSize = LongestTarget;

        // Header bytes that are not ASCII come out as they went in.
        kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
    }
}
