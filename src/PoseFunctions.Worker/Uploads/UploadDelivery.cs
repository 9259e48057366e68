using Microsoft.Extensions.Logging;
using Polly;
using PoseFunctions.Core.Intake;
using PoseFunctions.Storage.Failures;

namespace PoseFunctions.Worker.Uploads;

/// <summary>
/// Handles one delivery of an upload's event, and waits while storage is away: the host delivers an event that failed again at
/// once, and after a few seconds of that it gives the photo up for good.
/// </summary>
public sealed partial class UploadDelivery(UploadHandler handler, TimeProvider clock, ILogger<UploadDelivery> logger)
{
    // More than two minutes. The host tries ten times, so that the photo fails only after an outage of more than twenty.
    private const int Retries = 32;

    private readonly ResiliencePipeline patience =
        StoragePatience.Create(Retries, clock, (exception, delay) => Log.StorageAway(logger, delay, exception?.Message));

    /// <summary>Handles one delivery of an upload, and runs its job where nothing else is at work here.</summary>
    public async Task HandleAsync(UploadName upload, CancellationToken cancellationToken) => await patience.ExecuteAsync(
        async token => await handler.HandleAsync(upload.Tenant, upload.Name, mayRunAtOnce: true, token), cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "An upload waits for storage, which is tried again in {Delay}: {Reason}")]
        public static partial void StorageAway(ILogger logger, TimeSpan delay, string? reason);
    }
}
