using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using PoseFunctions.Core.Hosting;
using PoseFunctions.Worker;
using PoseFunctions.Worker.Hosting;

return await HostedApp.RunAsync(
    () =>
    {
        var builder = FunctionsApplication.CreateBuilder(args);
        builder.UseMiddleware<ReadinessMiddleware>();
        return builder.AddPoseFunctionsWorker().Build();
    },
    Console.Error);
