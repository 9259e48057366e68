using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using PoseFunctions.Api;
using PoseFunctions.Core.Hosting;

return await HostedApp.RunAsync(
    () =>
    {
        var builder = FunctionsApplication.CreateBuilder(args);
        builder.ConfigureFunctionsWebApplication();
        return builder.AddPoseFunctionsApi().Build();
    },
    Console.Error);
