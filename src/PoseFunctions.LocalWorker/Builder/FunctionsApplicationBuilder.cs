using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PoseFunctions.LocalWorker.Invocations;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>
/// Builds a Functions app. The host that comes out runs the app's own services; its functions run once a trigger engine has
/// been added to the builder.
/// </summary>
public sealed class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly HostApplicationBuilder host;
    private readonly FunctionPipelineBuilder pipeline = new();

    internal FunctionsApplicationBuilder(string[]? args)
    {
        host = Host.CreateApplicationBuilder(args);
        host.Services.AddSingleton(pipeline);
        host.Services.AddSingleton<FunctionPipeline>();
    }

    public IServiceCollection Services => host.Services;

    public ConfigurationManager Configuration => host.Configuration;

    public IHostEnvironment Environment => host.Environment;

    public ILoggingBuilder Logging => host.Logging;

    public IMetricsBuilder Metrics => host.Metrics;

    IDictionary<object, object> IHostApplicationBuilder.Properties => ((IHostApplicationBuilder)host).Properties;

    IConfigurationManager IHostApplicationBuilder.Configuration => host.Configuration;

    public IHost Build() => host.Build();

    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        pipeline.Use(middleware);
        return this;
    }

    void IHostApplicationBuilder.ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure) =>
        host.ConfigureContainer(factory, configure);
}
