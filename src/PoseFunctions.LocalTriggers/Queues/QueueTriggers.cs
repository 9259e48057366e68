using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PoseFunctions.LocalTriggers.Configuration;
using PoseFunctions.LocalTriggers.Hosting;
using PoseFunctions.LocalTriggers.Storage;
using PoseFunctions.LocalWorker.Discovery;
using PoseFunctions.LocalWorker.Invocations;

namespace PoseFunctions.LocalTriggers.Queues;

/// <summary>Runs queue functions.</summary>
internal sealed class QueueTriggers(
    FunctionCatalog catalog,
    HostJson hostJson,
    IConfiguration configuration,
    StorageConnections connections,
    IOptions<LocalTriggerOptions> options,
    FunctionPipeline pipeline,
    StopSignals signals,
    TimeProvider time,
    ILogger<QueueListener> logger)
{
    public IEnumerable<ITriggerListener> Listeners => catalog.StartedBy<QueueTriggerAttribute>().Select(found =>
    {
        var service = connections.Queues(found.Trigger.Connection);
        var name = SettingNames.Resolve(found.Trigger.QueueName, configuration);
        return new QueueListener(
            QueueParameters.Bind(found.Function),
            service.GetQueueClient(name),
            service.GetQueueClient($"{name}-poison"),
            hostJson.Extensions.Queues,
            options.Value,
            pipeline,
            signals,
            time,
            logger);
    });
}
