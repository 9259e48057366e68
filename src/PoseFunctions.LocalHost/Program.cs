using PoseFunctions.LocalHost;
using PoseFunctions.LocalHost.Configuration;

return await new LocalHostCommandLine(LocalHostApplication.RunAsync).InvokeAsync(args);
