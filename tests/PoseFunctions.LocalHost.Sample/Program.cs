using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PoseFunctions.LocalHost.Sample;

if (Environment.GetEnvironmentVariable("SAMPLE_REFUSAL") is { } refusal)
{
    await Console.Error.WriteLineAsync(refusal);
    return 3;
}

if (Environment.GetEnvironmentVariable("SAMPLE_EXCEPTION") is { } message)
{
    throw new InvalidOperationException(message);
}

var builder = FunctionsApplication.CreateBuilder(args);
if (Environment.GetEnvironmentVariable("SAMPLE_WITHOUT_ASPNETCORE") is null)
{
    builder.ConfigureFunctionsWebApplication();
}

builder.Services.AddSingleton<Journal>();
await builder.Build().RunAsync();
return 0;
