using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PoseFunctions.LocalHost.Configuration.Functions;

namespace PoseFunctions.LocalHost.Http;

/// <summary>What the Functions host answers about itself.</summary>
internal static class HostEndpoints
{
    /// <summary>Maps <c>/admin/host/status</c>, for the master key, and <c>/admin/host/ping</c>, for everybody.</summary>
    public static void MapHost(this IEndpointRouteBuilder routes, FunctionKeys keys, HostStatus status)
    {
        routes.MapGet(
            "/admin/host/status",
            context => context.Response.WriteAsJsonAsync(status.Read(), HostStatusJson.Default.HostStatusReport, null, context.RequestAborted))
            .RequireKey(keys, AccessLevel.Admin);
        routes.MapMethods("/admin/host/ping", [HttpMethods.Get, HttpMethods.Post], _ => Task.CompletedTask);
    }
}
