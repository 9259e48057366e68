using Microsoft.Extensions.Hosting;
using PoseFunctions.LocalHost.Configuration;

namespace PoseFunctions.LocalHost.Http;

/// <summary>What the host says about itself; it answers only while it runs or stops.</summary>
internal sealed class HostStatus(FunctionAppCatalog catalog, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private readonly long started = time.GetTimestamp();
    private readonly string id = string.Join(',', catalog.Apps.Select(HostId.Of));

    public HostStatusReport Read() => new(
        id,
        lifetime.ApplicationStopping.IsCancellationRequested ? "Stopping" : "Running",
        typeof(HostStatus).Assembly.GetName().Version!.ToString(),
        (long)time.GetElapsedTime(started).TotalMilliseconds);
}
