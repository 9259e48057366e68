using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PoseFunctions.LocalHost.Http;

/// <summary>
/// A web server on one port of 127.0.0.1 with nothing in it. Each port has a server of its own, so that nothing meant for
/// workers can be reached from the port for clients.
/// </summary>
internal static class LoopbackServer
{
    // That of the Functions host.
    private const long MostBodyBytes = 104_857_600;

    /// <param name="loggers">Where it logs.</param>
    /// <param name="port">0 for a free one.</param>
    /// <param name="protocols">Which HTTP it speaks.</param>
    public static WebApplicationBuilder CreateBuilder(ILoggerFactory loggers, int port, HttpProtocols protocols)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBodyBytes;
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = protocols);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, LifetimeOfTheHost>();
        return builder;
    }
}
