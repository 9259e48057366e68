using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Lets HTTP functions take and return ASP.NET Core types.</summary>
public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    /// <summary>Adds what ASP.NET Core results need of the container. Call it before any <c>UseMiddleware</c>.</summary>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
    {
        builder.Services.AddRouting();
        builder.Services.AddHttpContextAccessor();
        builder.Services.ConfigureHttpJsonOptions(_ => { });
        return builder;
    }
}
