using Microsoft.Extensions.Hosting;
using PoseFunctions.LocalHost.Apps;
using PoseFunctions.LocalHost.Http;

namespace PoseFunctions.LocalHost;

/// <summary>
/// Tells whoever started the process where things are, by all that is ever written to standard output: <c>storage SETTING
/// CONNECTIONSTRING</c> where the host makes blob events, and last, once every function can run, <c>listening
/// http://127.0.0.1:PORT</c>.
/// </summary>
internal sealed class ReadyLines(FrontedStorage storage, HttpFrontEnd front, TextWriter output) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (storage.Connection is var (setting, connectionString))
        {
            await output.WriteLineAsync($"storage {setting} {connectionString}");
        }

        await output.WriteLineAsync($"listening {front.Address}");
        await output.FlushAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
