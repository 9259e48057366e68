using PoseFunctions.LocalHost;

return await LocalHostApplication.RunAsync(args);
