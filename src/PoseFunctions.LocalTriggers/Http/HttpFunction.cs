using System.Diagnostics;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PoseFunctions.LocalTriggers.Configuration;
using PoseFunctions.LocalWorker.Discovery;
using PoseFunctions.LocalWorker.Invocations;

namespace PoseFunctions.LocalTriggers.Http;

/// <summary>A function that HTTP requests start: its route and how its parameters are bound.</summary>
internal sealed class HttpFunction
{
    private HttpFunction(BoundFunction bound, HttpTriggerAttribute trigger, RoutePattern route)
    {
        Bound = bound;
        Level = trigger.AuthLevel;
        Methods = [.. (trigger.Methods ?? []).Select(method => method.ToUpperInvariant())];
        Route = route;
    }

    public BoundFunction Bound { get; }

    public AuthorizationLevel Level { get; }

    /// <summary>Upper-case HTTP methods; empty for all.</summary>
    public string[] Methods { get; }

    public RoutePattern Route { get; }

    /// <exception cref="FunctionDeclarationException">The route is not a template, or a parameter has no value.</exception>
    public static HttpFunction Bind(FunctionDeclaration function, HttpTriggerAttribute trigger, HttpSettings settings)
    {
        var route = ParseRoute(function, $"{settings.RoutePrefix.Trim('/')}/{(trigger.Route ?? function.Name).TrimStart('/')}");
        var values = route.Parameters.ToDictionary(parameter => parameter.Name, _ => typeof(string), StringComparer.OrdinalIgnoreCase);
        return new HttpFunction(
            FunctionBinder.Bind(function, values, parameter => BindParameter(function, parameter), HttpResultWriter.WriteAsync), trigger, route);
    }

    public static InvocationInput Input(HttpContext http) => new()
    {
        TriggerValue = http.Request,
        HttpContext = http,
        BindingData = http.GetRouteData().Values.ToDictionary(
            value => value.Key, value => value.Value, StringComparer.OrdinalIgnoreCase),
        Parent = ActivityContext.TryParse(
            http.Request.Headers.TraceParent.FirstOrDefault(), http.Request.Headers.TraceState.FirstOrDefault(), isRemote: true, out var parent)
            ? parent
            : default,
    };

    private static RoutePattern ParseRoute(FunctionDeclaration function, string template)
    {
        try
        {
            return RoutePatternFactory.Parse(template.Trim('/'));
        }
        catch (RoutePatternException exception)
        {
            throw new FunctionDeclarationException(function.Name, $"'{template}' is no route template: {exception.Message}");
        }
    }

    private static ArgumentBinder? BindParameter(FunctionDeclaration function, ParameterInfo parameter)
    {
        if (parameter == function.TriggerParameter)
        {
            return parameter.ParameterType == typeof(HttpRequest)
                ? invocation => new ValueTask<object?>(invocation.TriggerValue)
                : throw new FunctionDeclarationException(
                    function.Name, $"An HTTP trigger is an HttpRequest here, not a {parameter.ParameterType}.");
        }

        return parameter.IsDefined(typeof(FromBodyAttribute)) ? invocation => ReadBodyAsync(invocation, parameter) : null;
    }

    private static async ValueTask<object?> ReadBodyAsync(Invocation invocation, ParameterInfo parameter)
    {
        var http = invocation.GetHttpContext()!;
        var json = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        try
        {
            return await http.Request.ReadFromJsonAsync(parameter.ParameterType, json, invocation.CancellationToken);
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or InvalidOperationException)
        {
            throw new BindingException($"The request's body is no {parameter.ParameterType.Name}.", exception);
        }
    }
}
