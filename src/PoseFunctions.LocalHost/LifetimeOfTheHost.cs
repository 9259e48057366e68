using Microsoft.Extensions.Hosting;

namespace PoseFunctions.LocalHost;

/// <summary>For the hosts within the host: signals are for the outer one, which stops those within.</summary>
internal sealed class LifetimeOfTheHost : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
