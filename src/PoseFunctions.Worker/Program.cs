using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using PoseFunctions.Worker;

var builder = FunctionsApplication.CreateBuilder(args);
builder.AddPoseFunctionsWorker();
await builder.Build().RunAsync();
