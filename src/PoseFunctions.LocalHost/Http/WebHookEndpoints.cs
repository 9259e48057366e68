using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using PoseFunctions.LocalHost.Apps;
using PoseFunctions.LocalHost.Configuration.Functions;
using PoseFunctions.LocalHost.Triggers;

namespace PoseFunctions.LocalHost.Http;

/// <summary>Lets the outside call the webhooks of trigger extensions, as Event Grid does.</summary>
internal static class WebHookEndpoints
{
    /// <summary>Maps <c>/runtime/webhooks/EXTENSION?functionName=Host.Functions.NAME</c>, for the master key.</summary>
    public static void MapWebHooks(this IEndpointRouteBuilder routes, FunctionKeys keys, IReadOnlyList<RunningApp> apps) =>
        routes.MapPost("/runtime/webhooks/{extension}", context => CallAsync(context, apps)).RequireKey(keys, AccessLevel.Admin);

    private static async Task CallAsync(HttpContext context, IReadOnlyList<RunningApp> apps)
    {
        var function = context.Request.Query["functionName"].ToString().Replace($"{TriggerType.FullName}.", "", StringComparison.Ordinal);
        var triggers = apps.FirstOrDefault(app => app.App.Functions.Any(candidate => candidate.Name == function))?.Triggers;
        using var request = await ToMessageAsync(context.Request, context.RequestAborted);
        using var response = triggers is null
            ? null
            : await triggers.WebHooks.CallAsync((string)context.Request.RouteValues["extension"]!, request, context.RequestAborted);
        context.Response.StatusCode = (int?)response?.StatusCode ?? StatusCodes.Status404NotFound;
        if (response?.Content is { } content)
        {
            context.Response.ContentType = content.Headers.ContentType?.ToString();
            await content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }

    private static async Task<HttpRequestMessage> ToMessageAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        var message = new HttpRequestMessage(HttpMethod.Post, request.GetEncodedUrl()) { Content = new ByteArrayContent(body.ToArray()) };
        foreach (var (name, values) in request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                message.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        return message;
    }
}
