using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Microsoft.Azure.WebJobs.Host.Bindings.Path;
using Microsoft.Extensions.Options;
using PoseFunctions.LocalHost.Apps;
using PoseFunctions.LocalHost.Configuration;
using PoseFunctions.LocalHost.Configuration.Functions;
using PoseFunctions.LocalHost.Events;
using PoseFunctions.LocalHost.Events.EventGrid;

namespace PoseFunctions.LocalHost.Triggers;

/// <summary>
/// Brings blob events where Event Grid brings them: to the webhook of the storage extension, once for every function with a
/// blob trigger that takes events and whose pattern fits, because the webhook itself looks at no names.
/// </summary>
internal sealed class BlobEventSink(RunningApps apps, IOptions<LocalHostOptions> options) : IBlobEventSink
{
    private const string Extension = "blobs";

    private readonly ConcurrentDictionary<string, BindingTemplateSource> patterns = new(StringComparer.Ordinal);

    /// <summary>Waits for the apps to run. Completing means that each function's run is queued.</summary>
    /// <exception cref="HttpRequestException">A webhook refused it.</exception>
    public async Task DeliverAsync(BlobCreated blob, CancellationToken cancellationToken)
    {
        foreach (var app in await apps.Started.WaitAsync(cancellationToken))
        {
            if (app.Triggers is { } triggers)
            {
                foreach (var function in app.App.Functions.Where(function => IsMeant(function, blob, triggers)))
                {
                    await DeliverAsync(blob, function.Name, triggers.WebHooks, cancellationToken);
                }
            }
        }
    }

    private static async Task DeliverAsync(
        BlobCreated blob, string function, ExtensionWebHooks webHooks, CancellationToken cancellationToken)
    {
        var address = $"http://127.0.0.1/runtime/webhooks/{Extension}?functionName={TriggerType.FullName}.{function}";
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Headers = { { "aeg-event-type", "Notification" } },
            Content = new ByteArrayContent(EventGridPayload.Write(blob)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        using var response = await webHooks.CallAsync(Extension, request, cancellationToken)
            ?? throw new HttpRequestException("The storage extension has no webhook.");
        response.EnsureSuccessStatusCode();
    }

    private bool IsMeant(FunctionDeclaration function, BlobCreated blob, TriggerHost triggers) =>
        function.Trigger is BlobTriggerBinding { TakesEvents: true } trigger
        && trigger.Connection == options.Value.BlobEvents
        && patterns.GetOrAdd(triggers.Resolve(trigger.Path), path => BindingTemplateSource.FromString(path))
            .CreateBindingData($"{blob.Container}/{blob.Name}") is not null;
}
