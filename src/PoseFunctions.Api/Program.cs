using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using PoseFunctions.Api;
using PoseFunctions.Api.Telemetry;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.AddPoseFunctionsApi();

// The local host exports for both apps in one; so this belongs to the program and not to the composition above.
builder.Services.AddTelemetryExport(builder.Configuration);

using var host = builder.Build();
await host.RunAsync();
