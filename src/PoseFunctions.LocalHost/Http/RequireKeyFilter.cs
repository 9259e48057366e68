using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PoseFunctions.LocalHost.Configuration.Functions;

namespace PoseFunctions.LocalHost.Http;

/// <summary>Answers 401 where a request does not carry the key that an endpoint asks for.</summary>
internal static class RequireKeyFilter
{
    public static TBuilder RequireKey<TBuilder>(this TBuilder endpoint, FunctionKeys keys, AccessLevel level)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.Add(builder =>
        {
            var run = builder.RequestDelegate!;
            builder.RequestDelegate = context =>
            {
                if (keys.Open(context.Request, level))
                {
                    return run(context);
                }

                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return Task.CompletedTask;
            };
        });
        return endpoint;
    }
}
