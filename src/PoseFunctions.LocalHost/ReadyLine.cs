using Microsoft.Extensions.Hosting;
using PoseFunctions.LocalTriggers.Http;

namespace PoseFunctions.LocalHost;

/// <summary>
/// Tells whoever started the process that it is ready, by one line on standard output: <c>listening http://127.0.0.1:PORT</c>,
/// or <c>ready</c> where it serves no HTTP. Everything else is written to standard error.
/// </summary>
internal sealed class ReadyLine(IHttpEndpoints endpoints, TextWriter output) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await output.WriteLineAsync(endpoints.Addresses.Count > 0
            ? $"listening {string.Join(' ', endpoints.Addresses.Select(address => address.GetLeftPart(UriPartial.Authority)))}"
            : "ready");
        await output.FlushAsync(cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
